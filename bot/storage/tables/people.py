"""The little that is kept about people, by keyed hash."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text

from bot.storage.tables.columns import Moment, community, metadata

people = Table(
    "people",
    metadata,
    Column("person_key", String(32), primary_key=True),
    Column("told_at", Moment, nullable=False),
    Column("language", String(16), nullable=False, default=""),
    Column("typed", Boolean, nullable=False, default=False),  # shows typed twins of buttons
    Column("messages", Boolean, nullable=False, default=True),  # private answers may be sent
    Column("welcomes", Boolean, nullable=False, default=False),  # asked to be welcomed privately
)

greeted = Table(
    "greeted",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("person_key", String(32), primary_key=True),
    Column("joined_at", Moment, nullable=False, index=True),
    Column("grp", String(64), nullable=False, default=""),  # of the community's groups, the one joined
    Column(
        "name", Text, nullable=False, default=""
    ),  # for the minute until the welcome, if the group chose names
)

asks = Table(  # private wishes that count: a review, "this changes the meaning"
    "asks",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("person_key", String(32), primary_key=True, index=True),
    Column("at", Moment, nullable=False),
)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("person_key", String(32), primary_key=True, index=True),
    Column("version", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    Column("id", Integer, primary_key=True),
    community(),
    Column("platform", String(20), nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("words", Text, nullable=False),
    Column("answer", Text, nullable=False, default=""),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("answered_at", Moment),
)
