"""Every table. Times are aware UTC; people are keyed hashes unless a message must reach them later."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time. SQLite keeps it as naive text, so the zone is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times must be aware")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _community() -> Column[int]:
    return Column(
        "community_id", ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True
    )


def _where(primary_key: bool = False) -> tuple[Column[str], ...]:
    """The columns of a place."""
    return (
        Column("platform", String(20), nullable=False, primary_key=primary_key),
        Column("grp", String(64), nullable=False, primary_key=primary_key),
        Column("channel", String(64), nullable=False, primary_key=primary_key),
        Column("thread", String(64), nullable=False, default="", primary_key=primary_key),
    )


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
    _community(),
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
)

people = Table(
    "people",
    metadata,
    Column("person_key", String(32), primary_key=True),
    Column("told_at", Moment, nullable=False),
    Column("language", String(16), nullable=False, default=""),
    Column("typed", Boolean, nullable=False, default=False),  # shows typed twins of buttons
    Column("messages", Boolean, nullable=False, default=True),  # private answers may be sent
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

agreements = Table(
    "agreements",
    metadata,
    Column("id", Integer, primary_key=True),
    _community(),
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

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("person_key", String(32), primary_key=True, index=True),
    Column("version", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

proposals = Table(  # the value ground_rules.idea.Proposal, and what storage adds to it
    "proposals",
    metadata,
    Column("id", Integer, primary_key=True),
    _community(),
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

votes = Table(
    "votes",
    metadata,
    Column("id", Integer, primary_key=True),
    _community(),
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

questions = Table(
    "questions",
    metadata,
    Column("id", Integer, primary_key=True),
    _community(),
    Column("platform", String(20), nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("words", Text, nullable=False),
    Column("answer", Text, nullable=False, default=""),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("answered_at", Moment),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Integer, primary_key=True),
    _community(),
    Column("place", String(200), nullable=False),  # channel and thread
    Column("posted_at", Moment, nullable=False),
)

reminder_wishes = Table(  # somebody would like a reminder here; who, is kept nowhere
    "reminder_wishes",
    metadata,
    Column("id", Integer, primary_key=True),
    _community(),
    *_where(),
    Column("made_at", Moment, nullable=False),
    Column("sent", Boolean, nullable=False, default=False),  # to the moderators
)

refused_places = Table(  # where the platform does not let the bot speak
    "refused_places",
    metadata,
    *_where(primary_key=True),
    _community(),
    Column("called", Text, nullable=False, default=""),  # the place's name, as people know it
    Column("missing", Text, nullable=False, default=""),  # names of permissions, with commas
    Column("since", Moment, nullable=False),
)

join_requests = Table(  # who asks to be let in, until it is decided
    "join_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    _community(),
    *_where(),
    Column("person_id", String(64), nullable=False),
    Column("name", Text, nullable=False, default=""),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("read", Boolean, nullable=False, default=False),  # the rules, by their own press
    Column("ready", Boolean, nullable=False, default=False),  # moderators may decide
    UniqueConstraint("platform", "grp", "person_id"),
)

asks = Table(  # private wishes that count: a review, "this changes the meaning"
    "asks",
    metadata,
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("person_key", String(32), primary_key=True, index=True),
    Column("at", Moment, nullable=False),
)

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
    Column("message_id", String(64), nullable=False),
)
