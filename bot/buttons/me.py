"""What is kept about me, and my settings."""

from collections.abc import Mapping

from bot.buttons.press import Press
from bot.features import me, mine

BUTTONS: Mapping[str, Press] = {
    # what is kept about me
    "told": Press(run=me.told, typed="me go-on", anyone=True, outside=True),
    "nottold": Press(run=me.not_told, typed="me not-now", always=True, anyone=True, outside=True),
    "me": Press(run=me.me, typed="me settings", anyone=True, outside=True),
    "privacy": Press(run=me.privacy, typed="me privacy", always=True, anyone=True, outside=True),
    "typed": Press(run=me.set_typed, typed="me typed <answer>", keeps=True, anyone=True, outside=True),
    "messages": Press(
        run=me.set_messages, typed="me messages <answer>", keeps=True, anyone=True, outside=True
    ),
    "languages": Press(run=me.languages, typed="me languages", always=True, anyone=True, outside=True),
    "language": Press(run=me.set_language, typed="me language <code>", keeps=True, anyone=True, outside=True),
    "mine": Press(run=mine.show, typed="me show", anyone=True, outside=True),
    "deletemine": Press(run=mine.delete, typed="me delete", always=True, anyone=True, outside=True),
    "deletesure": Press(run=mine.delete_now, typed="me delete now", anyone=True, outside=True),
}
