"""The bot: it remembers, answers, and keeps its dates. Start reading at bot/app.py."""
