"""Gentle reminders: when one was posted, and that one was wished for."""

from sqlalchemy import Boolean, Column, Integer, String, Table

from bot.storage.tables.columns import Moment, community, metadata, where

reminders = Table(
    "reminders",
    metadata,
    Column("id", Integer, primary_key=True),
    community(),
    Column("place", String(200), nullable=False),  # channel and thread
    Column("posted_at", Moment, nullable=False),
    Column("by_itself", Boolean, nullable=False, default=False),  # no moderator posted it
)

reminder_wishes = Table(  # somebody would like a reminder here; who, is kept nowhere
    "reminder_wishes",
    metadata,
    Column("id", Integer, primary_key=True),
    community(),
    *where(),
    Column("made_at", Moment, nullable=False),
    Column("sent", Boolean, nullable=False, default=False),  # to the moderators
    Column("asked_at", Moment),  # when somebody last asked
)
