"""What tables are made of: moments in UTC, a community, a place."""

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, MetaData, String, TypeDecorator

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


def community() -> Column[int]:
    return Column(
        "community_id", ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True
    )


def where(primary_key: bool = False) -> tuple[Column[str], ...]:
    """The columns of a place."""
    return (
        Column("platform", String(20), nullable=False, primary_key=primary_key),
        Column("grp", String(64), nullable=False, primary_key=primary_key),
        Column("channel", String(64), nullable=False, primary_key=primary_key),
        Column("thread", String(64), nullable=False, default="", primary_key=primary_key),
    )
