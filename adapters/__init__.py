"""What each chat platform says and understands, translated to and from bot.contract. One folder a platform."""
