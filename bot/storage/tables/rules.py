"""Agreements and the ideas that lead to them."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from bot.storage.tables.columns import Moment, community, metadata

agreements = Table(
    "agreements",
    metadata,
    Column("id", Integer, primary_key=True),
    community(),
    Column("version", Integer, nullable=False),
    Column("standing", String(12), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("weight", String(12), nullable=False, default=""),
    Column("why", Text, nullable=False, default=""),
    Column("vote_id", Integer),
    Column("announced", Boolean, nullable=False, default=False),
    UniqueConstraint("community_id", "version"),
)

agreement_rules = Table(
    "agreement_rules",
    metadata,
    Column("agreement_id", ForeignKey("agreements.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("core", Boolean, nullable=False, default=False),
    Column("agreed", Boolean, nullable=False, default=False),
    Column("temporary_until", Moment),
)

agreement_changes = Table(
    "agreement_changes",
    metadata,
    Column("agreement_id", ForeignKey("agreements.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),  # of the rule
    Column("kind", String(12), nullable=False),
    Column("weight", String(12), nullable=False),
    Column("before_title", Text),
    Column("before_text", Text),
    Column("after_title", Text),
    Column("after_text", Text),
)

proposals = Table(  # the value ground_rules.idea.Proposal, and what storage adds to it
    "proposals",
    metadata,
    Column("id", Integer, primary_key=True),
    community(),
    Column("revision", Integer, nullable=False, default=0),  # every write names the one it saw
    Column("state", String(12), nullable=False, index=True),
    Column("origin", String(12), nullable=False),
    Column("kind", String(12), nullable=False),  # rule | setting | set
    Column("change", String(12), nullable=False, default=""),  # add | change | remove
    Column("weight", String(12), nullable=False, default=""),
    Column("rule_number", Integer),
    Column("numbers", Text, nullable=False, default=""),  # of a set, with commas
    Column("setting_name", String(40)),
    Column("setting_value", Text),  # JSON
    Column("why", Text, nullable=False, default=""),
    Column("proposer", String(32), nullable=False, index=True),  # person key
    Column("proposer_name", Text, nullable=False, default=""),  # while it is open, to say whose idea it is
    Column("proposer_left", Boolean, nullable=False, default=False),
    Column("made_at", Moment, nullable=False),
    Column("opens_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("builds_on", Integer, nullable=False),
    Column("talk_extended", Boolean, nullable=False, default=False),
    Column("held_once", Boolean, nullable=False, default=False),
    Column("held_until", Moment),
    Column("hold_reason", Text),
    Column("vote", Integer, nullable=False, default=0),
    Column("opened_at", Moment),
    Column("more_time_used", Boolean, nullable=False, default=False),
    Column("extension_used", Boolean, nullable=False, default=False),
    Column("mended_once", Boolean, nullable=False, default=False),
    Column("mend_until", Moment),
    Column("reply", Text),
    Column("ended_at", Moment),
)

wordings = Table(
    "wordings",
    metadata,
    Column("proposal_id", ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
)
