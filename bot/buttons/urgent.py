"""Urgent help: never through the database."""

from collections.abc import Mapping

from bot.buttons.press import Press
from bot.features import urgent

BUTTONS: Mapping[str, Press] = {
    "urgentcountry": Press(
        run=urgent.country,
        typed="urgent in <country>",
        storage=False,
        always=True,
        anyone=True,
        outside=True,
    ),
    "urgentcountries": Press(
        run=urgent.countries,
        typed="urgent countries",
        storage=False,
        always=True,
        anyone=True,
        outside=True,
    ),
}
