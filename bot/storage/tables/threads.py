"""Channels and threads: what a moderator said of one, and when a moderator was there."""

from sqlalchemy import Column, String, Table

from bot.storage.tables.columns import Moment, community, metadata, where

threads = Table(
    "threads",
    metadata,
    *where(primary_key=True),
    community(),
    Column("mark", String(12), nullable=False, default=""),  # grief, listening or nothing
    Column("moderator_wrote_at", Moment),  # only while the message watch is on
)
