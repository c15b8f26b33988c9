"""What is still to happen and to be sent, and what was posted."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from bot.storage.tables.columns import Moment, metadata

due = Table(
    "due",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("due_at", Moment, nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("community_id", Integer, index=True),
    Column("posts", Boolean, nullable=False, default=False),  # the bot will say something that day
    UniqueConstraint("kind", "subject"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(120), unique=True),
    Column("community_id", Integer, index=True),
    Column("kind", String(12), nullable=False),
    Column("action", Text, nullable=False),  # JSON, emptied once done
    Column("platform", String(20), nullable=False),
    Column("grp", String(64), nullable=False, default=""),
    Column("started", Boolean, nullable=False, default=False),
    Column("planned", Boolean, nullable=False, default=False),  # its time came; nobody asked just now
    Column("urgent", Boolean, nullable=False, default=False),
    Column("due_at", Moment, nullable=False),
    Column("leased_until", Moment),
    Column("attempts", Integer, nullable=False, default=0),
    Column("done_at", Moment),
    Column("failed", Boolean, nullable=False, default=False),
    Index("ix_outbox_waiting", "done_at", "due_at"),
    sqlite_autoincrement=True,  # platforms know a row by its id, so an id is never given again
)

messages = Table(  # what the bot posted and may edit later
    "messages",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("platform", String(20), primary_key=True),
    Column("grp", String(64), primary_key=True),
    Column("channel", String(64), primary_key=True),
    Column("thread", String(64), primary_key=True, default=""),
    Column("community_id", Integer, index=True),
    Column("message_id", String(255), nullable=False),  # several, if it is a long one
)
