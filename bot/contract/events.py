"""Everything that can happen, as values in the past tense. Adapters make them, ``App.receive`` takes them.

An event carries what the platform knows and no more. Texts and payloads are ``repr=False``: what a
member says or votes cannot reach a log by accident.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody on one platform. ``joined_at`` (aware UTC) is None where the platform does not say.

    ``roles`` are the platform's ids of the roles they have in the group where it happened.
    """

    platform: str
    id: str
    name: str = field(default="", repr=False)
    locale: str | None = None
    is_moderator: bool = False
    joined_at: datetime | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """A role of a group. ``plain``: it gives nobody power over others, so the bot may hand it out."""

    id: str
    name: str = field(repr=False)
    plain: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where something happens: a group (server), a channel in it, and a thread or topic in that.

    ``group`` is empty in a private chat with the bot; ``channel`` is then that chat.
    """

    platform: str
    group: str
    channel: str
    thread: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageRef:
    """One message on a platform."""

    place: Place
    id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Happened:
    """What every event of a person carries.

    ``id`` is the platform's id of the event; ``seq`` grows with it (for "only a newer one counts").
    ``is_member`` and ``group_size`` (people, bots not counted) are None where unknown. ``group_roles``
    are the roles that there are in the group, the highest first, told when somebody asks the bot something.
    """

    id: str
    seq: int
    place: Place
    person: Person
    is_member: bool | None = None
    group_size: int | None = None
    group_roles: tuple[Role, ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandGiven(_Happened):
    """A command was typed: ``name`` as in COMMANDS, ``words`` the rest of the line.

    ``on`` is the message it was used on (message menus, replies), ``said`` what stands there and ``wrote``
    who wrote it (no bot, nobody unknown), where the platform hands them over. ``overheard``: others could
    read it as it was typed, so what is secret (a vote, a reason) must not be taken from it. ``community``:
    typed in a private chat, by somebody of whom it is sure that they are a member of this one alone.
    """

    name: str
    words: str = field(default="", repr=False)
    on: MessageRef | None = None
    said: str = field(default="", repr=False)
    wrote: Person | None = None
    overheard: bool = False
    community: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ButtonPressed(_Happened):
    """A button was pressed; ``on`` is the message that holds it, if it can still be reached."""

    payload: str = field(repr=False)
    on: MessageRef | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FormAnswered(_Happened):
    """The typed answer to an ``Ask``: its payload, and the values by field name."""

    payload: str = field(repr=False)
    values: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoicesAsked(_Happened):
    """Somebody is typing a command and would like suggestions for what comes next."""

    name: str
    words: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class TextPosted(_Happened):
    """An ordinary message. Made only if ``App.wants`` says that somebody needs it.

    ``edited``: it stood there before with other words. ``link`` leads to it, where there is such a thing.
    """

    text: str = field(repr=False)
    message: MessageRef
    edited: bool = False
    link: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageNoticed(_Happened):
    """What the message watch saw in a ``TextPosted``: made by the core itself, without any of its words.

    ``rule`` named it, ``level`` is the quietest level that notices it, ``clear`` says that it is noticed
    also while its rule is raised. ``moderator_wrote`` and ``urgent_here``: when, in this thread, if known.
    """

    message: MessageRef
    link: str = ""
    rule: str = ""
    level: str = ""
    clear: bool = False
    edited: bool = False
    moderator_wrote: datetime | None = None
    urgent_here: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UrgentNoticed(_Happened):
    """A message may need a person soon. Made by the core itself; holds no words, and not which."""

    link: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ModeratorWrote(_Happened):
    """A moderator wrote in a group that chose the message watch. Made by the core itself, now and then."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberJoined(_Happened):
    """A newcomer can now really read and write here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberLeft(_Happened):
    """Somebody left the group or was removed from it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupAdded(_Happened):
    """``person`` added the bot to the group of ``place``; ``place`` is where it will speak.

    ``missing`` and ``called`` are as in PlaceRefused, if it may not speak there yet.
    """

    missing: tuple[str, ...] = ()
    called: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupRemoved(_Happened):
    """The bot was removed from the group of ``place``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupMoved(_Happened):
    """The group of ``before`` goes on as the group of ``place``: same people, new ids, new messages."""

    before: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class JoinRequested(_Happened):
    """Somebody asks to be let into the group of ``place``. Answers reach them in private, for minutes.

    ``reached``: False if what was answered could not be delivered, so they cannot know what to do.
    """

    reached: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadOpened(_Happened):
    """A thread or topic was opened; ``place`` is in it. ``tags`` are the names of a forum post's tags."""

    title: str = field(default="", repr=False)
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceRefused(_Happened):
    """The platform refuses the bot here. ``person`` is the bot; ``missing`` names what it may not do.

    Names are those of ``common-ground check``: view_channel, send_messages, send_messages_in_threads. If it
    is a role that cannot be given, the channel of the place is that role's id, and the names are
    manage_roles, role_above (it stands above the bot's own), role_gone or role_powerful (not plain).
    """

    missing: tuple[str, ...] = ()
    called: str = ""  # the place, as people know it: "#general"


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceOpened(_Happened):
    """The bot may speak again where it was refused. ``person`` is the bot."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeCame:
    """A due row's time has come. ``App.receive`` deletes the row first, in the same transaction."""

    due: int
    kind: str
    subject: str = field(repr=False)
    community: int | None = None


PersonEvent = (
    CommandGiven
    | ButtonPressed
    | FormAnswered
    | ChoicesAsked
    | TextPosted
    | MessageNoticed
    | UrgentNoticed
    | ModeratorWrote
    | MemberJoined
    | MemberLeft
    | GroupAdded
    | GroupRemoved
    | GroupMoved
    | JoinRequested
    | ThreadOpened
    | PlaceRefused
    | PlaceOpened
)
Event = PersonEvent | TimeCame
