"""Who can be alerted, and who is on duty when."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Integer, String, Table

from bot.storage.tables.columns import Moment, metadata

_MODERATOR = ("community_id", "platform", "person_id")


def _goes_with_the_moderator(table: str) -> ForeignKeyConstraint:
    theirs = [f"moderators.{column}" for column in _MODERATOR]
    return ForeignKeyConstraint(_MODERATOR, theirs, ondelete="CASCADE", name=f"fk_{table}_moderators")


moderator_reach = Table(  # what a moderator chose, and whether alerts reach them
    "moderator_reach",
    metadata,
    Column("community_id", Integer, primary_key=True, autoincrement=False),
    Column("platform", String(20), primary_key=True),
    Column("person_id", String(64), primary_key=True),
    Column("wake", Boolean, nullable=False, default=False),
    Column("asked_at", Moment),  # the newest test alert
    Column("answered_at", Moment),  # the newest answer to one
    Column("lost_at", Moment),  # since when alerts do not arrive
    _goes_with_the_moderator("moderator_reach"),
)

duties = Table(  # who is on duty (or the backup) on a day of the week; 0 is Monday
    "duties",
    metadata,
    Column("community_id", Integer, primary_key=True, autoincrement=False),
    Column("weekday", Integer, primary_key=True, autoincrement=False),
    Column("backup", Boolean, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("person_id", String(64), nullable=False),
    _goes_with_the_moderator("duties"),
)
