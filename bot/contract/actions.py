"""Everything the bot does, as values in the imperative. Features return them, adapters perform them.

``Reply``, ``Choices`` and ``Ask`` are answered at once to whoever asked; every other action goes
through the outbox and may be performed later, by another process, more than once tried.
"""

from dataclasses import dataclass, field

from bot.contract.events import MessageRef, Person, Place
from bot.contract.markup import Body


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """A button: a payload for us, or an address to open. ``typed`` is its twin in words.

    ``opens``: it shows this message, or this place if its id is empty. Adapters know the address; a
    platform that has none, or is another one, leaves the button out.
    """

    label: str
    payload: str | None = None
    url: str | None = None
    typed: str = ""
    opens: MessageRef | None = None


Buttons = tuple[Button, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """Answer the event. ``private`` means that only the asker may see it; adapters fail closed.

    ``replaces`` asks that the private message whose button was pressed be replaced by this one
    (the next screen of a conversation); where that is impossible it is a new message.
    ``words_suffice``: the buttons are a convenience, so where only a short notice can be shown over the
    pressed button, the words alone do.
    """

    body: Body = field(repr=False)
    buttons: Buttons = field(default=(), repr=False)
    private: bool = True
    replaces: bool = False
    words_suffice: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """Suggestions for what comes next in a command: (what is inserted, what is shown)."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing to type. ``longest`` counts characters; ``value`` fills it in beforehand."""

    name: str
    label: str
    value: str = field(default="", repr=False)
    longest: int = 280
    lines: int = 1
    optional: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """Ask for typed words; they come back as ``FormAnswered`` with this payload.

    Always private: adapters never prompt for it where others read.
    """

    title: str
    payload: str
    fields: tuple[Field, ...]
    note: Body = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """Say something in a place, for everyone there.

    ``started``: the bot begins by itself (counts against one a day, four a week per group).
    ``silent``: no notification. ``pin``: offer it for pinning where the platform can.
    ``name``: it happens at most once in that place under this name, and can be edited later by it.
    """

    place: Place
    body: Body = field(repr=False)
    buttons: Buttons = field(default=(), repr=False)
    started: bool = False
    silent: bool = False
    pin: bool = False
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """Change a message that the bot posted."""

    message: MessageRef
    body: Body = field(repr=False)
    buttons: Buttons = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Delete:
    """Delete a message that the bot posted, or that it may delete."""

    message: MessageRef


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """Looking after the group of ``place``: by the platform's own rights, or by one of ``roles``."""

    place: Place
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Tell:
    """A private message that may fail; ``otherwise`` is then posted instead (never the same words).

    ``urgent``: it goes before everything else and waits for nobody. ``silent``: no notification.
    ``name``: it is sent at most once under this name. ``then``: a kind of DEADLINES that comes with this
    name as its subject once it is known how it went (at most 80 characters); see ``OutboxRows.went``.
    ``duties``: only for somebody who has one of them now. Whoever surely has none is not told, and counts
    as not reached; where the platform does not say, they are told.
    """

    person: Person
    body: Body = field(repr=False)
    buttons: Buttons = field(default=(), repr=False)
    otherwise: Post | None = None
    urgent: bool = False
    silent: bool = False
    name: str = ""
    then: str = ""
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DecideJoin:
    """Let somebody in who asked to join the group of ``place``, or turn them away."""

    place: Place
    person: Person
    let_in: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenThread:
    """Open a thread or forum post under the channel of ``place``, with its first message.

    ``tags`` are names; those that the forum does not have are left out. ``name`` and ``started`` are
    as for a ``Post``; ``otherwise`` is posted where no thread can be opened.
    """

    place: Place
    title: str
    body: Body = field(repr=False)
    buttons: Buttons = field(default=(), repr=False)
    tags: tuple[str, ...] = ()
    started: bool = False
    name: str = ""
    otherwise: Post | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveRole:
    """Give somebody a role in the group of ``place``; only once they can really read and write there."""

    place: Place
    person: Person
    role: str


Answer = Reply | Choices | Ask
Sent = Post | Edit | Delete | Tell | DecideJoin | OpenThread | GiveRole
Action = Answer | Sent
