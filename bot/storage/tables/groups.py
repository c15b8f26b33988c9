"""Communities, the places where they meet, what they chose, and who looks after them."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from bot.storage.tables.columns import Moment, community, metadata, where

communities = Table(
    "communities",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("removed_at", Moment),
    Column("join_code", String(16), unique=True),
    Column("join_code_until", Moment),
    Column(
        "version", BigInteger, nullable=False, default=0, index=True
    ),  # grows with every change that memory must follow
)

places = Table(
    "places",
    metadata,
    Column("id", Integer, primary_key=True),
    community(),
    Column("platform", String(20), nullable=False),
    Column("grp", String(64), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("thread", String(64), nullable=False, default=""),
    Column("added_at", Moment, nullable=False),
    Column("removed_at", Moment),
    Column("size", Integer),  # people in the group, as the platform counted last
    UniqueConstraint("platform", "grp", "channel", "thread"),
)

settings = Table(
    "settings",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

moderators = Table(
    "moderators",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("platform", String(20), primary_key=True),
    Column("person_id", String(64), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("name", Text, nullable=False, default=""),  # as their platform calls them
)

refused_places = Table(  # where the platform does not let the bot speak
    "refused_places",
    metadata,
    *where(primary_key=True),
    community(),
    Column("called", Text, nullable=False, default=""),  # the place's name, as people know it
    Column("missing", Text, nullable=False, default=""),  # names of permissions, with commas
    Column("since", Moment, nullable=False),
)

join_requests = Table(  # who asks to be let in, until it is decided
    "join_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    community(),
    *where(),
    Column("person_id", String(64), nullable=False),
    Column("name", Text, nullable=False, default=""),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("read", Boolean, nullable=False, default=False),  # the rules, by their own press
    Column("ready", Boolean, nullable=False, default=False),  # moderators may decide
    UniqueConstraint("platform", "grp", "person_id"),
)
