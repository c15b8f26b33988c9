"""Every button and form: kind -> who may use it, the feature function, and how to type it instead.

A typed form is a command with words; ``<name>`` stands for an argument of the payload. Typing it is
the same as pressing: there is no second way to do a thing.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from bot.buttons import (
    cases,
    cover,
    desk,
    directory,
    help,
    ideas,
    me,
    places,
    reminders,
    rules,
    urgent,
    votes,
    watch,
)
from bot.buttons.press import Form, Press

__all__ = ["BUTTONS", "FORMS", "Form", "Press", "together"]

Row = TypeVar("Row", Press, Form)


def together(tables: Iterable[Mapping[str, Row]]) -> Mapping[str, Row]:
    """One table; a kind that stands in two of them would lose one of its rows."""
    rows: dict[str, Row] = {}
    for table in tables:
        if twice := rows.keys() & table.keys():
            raise ValueError(f"more than one row for {', '.join(sorted(twice))}")
        rows.update(table)
    return rows


BUTTONS = together(
    (
        cases.BUTTONS,
        cover.BUTTONS,
        desk.BUTTONS,
        directory.BUTTONS,
        help.BUTTONS,
        ideas.BUTTONS,
        me.BUTTONS,
        places.BUTTONS,
        reminders.BUTTONS,
        rules.BUTTONS,
        urgent.BUTTONS,
        votes.BUTTONS,
        watch.BUTTONS,
    )
)
FORMS = together(
    (
        cases.FORMS,
        cover.FORMS,
        desk.FORMS,
        directory.FORMS,
        help.FORMS,
        ideas.FORMS,
        places.FORMS,
        reminders.FORMS,
        rules.FORMS,
        votes.FORMS,
        watch.FORMS,
    )
)
