"""The message watch: which message, which rule, what came of it. Nothing that anybody wrote."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint

from bot.storage.tables.columns import Moment, community, metadata, where

noticed = Table(  # messages that looked like advice; for urgent words there are only counts
    "noticed",
    metadata,
    Column("id", Integer, primary_key=True),
    community(),
    *where(),
    Column("message_id", String(64), nullable=False),
    Column("rule", String(64), nullable=False),
    Column("level", String(8), nullable=False),  # the quietest level that would still notice it
    Column("outcome", String(20), nullable=False),
    Column("link", String(200), nullable=False, default=""),  # to the message: its place and number once more
    Column("at", Moment, nullable=False, index=True),
    UniqueConstraint("community_id", "platform", "grp", "channel", "message_id"),
)

watch_counts = Table(
    "watch_counts",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("day", String(10), primary_key=True),  # in the group's zone, as 2027-01-31
    Column("what", String(20), primary_key=True),
    Column("number", Integer, nullable=False),
)

rule_answers = Table(  # what moderators said of a rule since they last decided about it
    "rule_answers",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("rule", String(64), primary_key=True),
    Column("advice", Integer, nullable=False),
    Column("not_advice", Integer, nullable=False),
)

raised_rules = Table(  # rules that take more to speak, after "not advice"
    "raised_rules",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("rule", String(64), primary_key=True),
    Column("until", Moment, nullable=False),
)
