"""What a group changed in its directory, and who looked whether it is right."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, String, Table, Text

from bot.storage.tables.columns import Moment, metadata

directory_entries = Table(  # only entries that a group did something about
    "directory_entries",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("entry_id", String(60), primary_key=True),
    Column("content", Text, nullable=False, default=""),  # its own words for it; empty: as it is packaged
    Column("hidden", Boolean, nullable=False, default=False),
    Column("broken", Boolean, nullable=False, default=False),  # hidden until it is put right
    Column("checked_on", Date),
    Column("checked_by", String(32), nullable=False, default="", index=True),  # person key
    Column("reported_at", Moment),  # somebody says that it is wrong; who, is kept nowhere
)

number_checks = Table(  # numbers of crisis lines, which two people read off their pages
    "number_checks",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("number_key", String(60), primary_key=True),
    Column("number", String(40), nullable=False, default=""),  # put right by two people; empty: as packaged
    Column("broken", Boolean, nullable=False, default=False),
    # the newest two people who read the same number
    Column("first_by", String(32), nullable=False, default="", index=True),  # person key
    Column("first_on", Date),
    Column("second_by", String(32), nullable=False, default="", index=True),
    Column("second_on", Date),
    # what one person read, until a second reads the same
    Column("typed", String(40), nullable=False, default=""),
    Column("typed_by", String(32), nullable=False, default="", index=True),
    Column("typed_on", Date),
    Column("differs", Boolean, nullable=False, default=False),  # the second read another number
)
