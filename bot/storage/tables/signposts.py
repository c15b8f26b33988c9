"""Finding help: for which topics there was no link, and where links were shown. Never who asked."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from bot.storage.tables.columns import Moment, metadata, where

gaps = Table(  # a month's count; the topic is always one of ours, never what somebody typed
    "gaps",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("month", String(7), primary_key=True),  # "2026-11"
    Column("topic", String(40), primary_key=True),
    Column("near", Boolean, primary_key=True),  # it is only the nearest to words that nothing fits
    Column("asked", Integer, nullable=False),
)

shown_links = Table(
    "shown_links",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    *where(primary_key=True),
    Column("crisis", Boolean, primary_key=True),
    Column("shown_at", Moment, nullable=False),
)
