"""The pages in docs/ name buttons and commands as people see them."""

import re
from pathlib import Path

import pytest

from bot.commands import COMMANDS
from bot.texts import Texts

DOCS = Path(__file__).parents[2] / "docs"
TEXTS = Texts.load()
LABELS = {text for forms in TEXTS.catalogues["en"].entries.values() for text in forms}
NOT_LABELS = {
    "One thing to remember: `/desk`.",
    "Where to turn",
    "Open each service's own page and compare every digit.",
}
OF_THE_PLATFORM = {"bot", "newbot", "skip", "stop", "keep"}  # Telegram's own, and how to answer a form there


def test_the_moderators_page_names_buttons_by_their_labels() -> None:
    bold = re.findall(r"\*\*(.+?)\*\*", (DOCS / "moderators.md").read_text("utf-8"), re.DOTALL)
    named = {" ".join(words.split()) for words in bold} - NOT_LABELS
    assert len(named) >= 5
    assert named <= LABELS, named - LABELS


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_a_page_names_only_commands_that_exist(page: Path) -> None:
    named = set(re.findall(r"`/([a-z][a-z_-]*)[ `]", page.read_text("utf-8"))) - OF_THE_PLATFORM
    known = {command.name for command in COMMANDS}
    assert {name.replace("_", "-") for name in named} <= known
