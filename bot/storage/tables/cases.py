"""Worries that members told moderators about, and what moderators do about them."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text

from bot.storage.tables.columns import Moment, community, metadata, where

cases = Table(
    "cases",
    metadata,
    Column("id", String(8), primary_key=True),  # by chance, so that none can be guessed from another
    community(),
    *where(),  # all empty for one that is about no place
    Column("message_id", String(64), nullable=False, default=""),
    Column(
        "about_key", String(16), nullable=False, default=""
    ),  # who wrote that message: the beginning of a person key
    Column("reporter_key", String(32), nullable=False, index=True),
    Column("wants", String(8), nullable=False, default=""),  # what may be sent to the reporter
    Column("account", Text, nullable=False, default=""),  # of the reporter, sealed; only if they want that
    Column("words", Text, nullable=False, default=""),  # the reporter's, sealed
    Column("topic", String(8), nullable=False, default=""),
    Column("risk", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("rounds", Integer, nullable=False, default=0),  # of alerts that went out
    Column("told", Integer, nullable=False, default=0),  # moderators whom an alert really reached
    Column("overdue", Boolean, nullable=False, default=False),  # nobody picked it up in time
    Column("level", Integer, nullable=False, default=0),
    Column("steps", String(200), nullable=False, default=""),  # those done, with blanks
    Column("owner_platform", String(20), nullable=False, default=""),
    Column("owner_id", String(64), nullable=False, default=""),
    Column("owner_name", Text, nullable=False, default=""),
    Column("offered_key", String(32), nullable=False, default=""),  # to whom the owner would hand it
    Column("listed_only", Boolean, nullable=False, default=False),  # no moderator who came later
    Column("practice", Boolean, nullable=False, default=False),
    Column("made_at", Moment, nullable=False),
    Column("picked_at", Moment),
    Column("closed_at", Moment, index=True),
)

left_out = Table(  # moderators who never see a case
    "left_out",
    metadata,
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("person_key", String(32), primary_key=True),
)

not_written_to = Table(  # people to whom nothing is sent by the bot itself, after a hard case
    "not_written_to",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("person_key", String(16), primary_key=True),  # its beginning
    Column("since", Moment, nullable=False),
)
