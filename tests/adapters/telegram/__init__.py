"""The Telegram adapter against a local stand-in for the Bot API."""
