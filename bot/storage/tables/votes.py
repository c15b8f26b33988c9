"""Votes, ballots and objections: keyed hashes that nobody can compare from vote to vote."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text

from bot.storage.tables.columns import Moment, community, metadata

votes = Table(
    "votes",
    metadata,
    Column("id", Integer, primary_key=True),
    community(),
    Column("kind", String(12), nullable=False),  # set | change | second | review
    Column("proposal_id", Integer, index=True),
    Column("state", String(12), nullable=False, index=True),  # open | closed | stopped
    Column("opened_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("group_size", Integer),
    Column("needed", Integer, nullable=False),
    Column("nonce", String(64)),  # erased with the ballots
    Column("check_value", String(64), nullable=False),
    Column("taken_part", Integer),
)

vote_items = Table(
    "vote_items",
    metadata,
    Column("vote_id", ForeignKey("votes.id", ondelete="CASCADE"), primary_key=True),
    Column("item", Integer, primary_key=True),  # the rule's number in a set or review, 1 in a change
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("outcome", String(16)),
    Column("counts", Text),  # JSON by choice, kept after the close
)

# No time and no row order to read: the key is a hash of this vote alone, seq is masked by a pad of the voter.
ballots = Table(
    "ballots",
    metadata,
    Column("vote_id", ForeignKey("votes.id", ondelete="CASCADE"), primary_key=True),
    Column("voter", String(64), primary_key=True),
    Column("item", Integer, primary_key=True),  # 0: the whole vote; a rule's number: an objection to it
    Column("choice", String(12), nullable=False),
    Column("seq", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

objections = Table(
    "objections",
    metadata,
    Column("vote_id", ForeignKey("votes.id", ondelete="CASCADE"), primary_key=True),
    Column("voter", String(64), primary_key=True),
    Column("item", Integer, primary_key=True),
    Column("words", Text, nullable=False),
    Column("approved", Boolean, nullable=False, default=False),
    sqlite_with_rowid=False,
)

# What holds a change back until mending ends: so that its author alone can say that it is met.
standing_objections = Table(
    "standing_objections",
    metadata,
    Column("proposal_id", ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True),
    Column("voter", String(64), primary_key=True),
    Column("nonce", String(64), nullable=False),
    Column("words", Text, nullable=False, default=""),  # approved by their author, else empty
    Column("met", Boolean, nullable=False, default=False),
    sqlite_with_rowid=False,
)
