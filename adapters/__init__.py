"""Translators for each chat platform, one folder each: its events in, our actions out (bot.contract)."""
