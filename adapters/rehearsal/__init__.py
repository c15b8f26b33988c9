"""The rehearsal room: a local chat in the browser, with no token and a clock you can move.

``serve`` opens the room's page; ``play`` plays a scenario in a room of its own.
"""

from adapters.rehearsal.clock import RoomClock
from adapters.rehearsal.core import Build, CommandShown, Core
from adapters.rehearsal.opening import serve
from adapters.rehearsal.places import HOME
from adapters.rehearsal.platform import Rehearsal
from adapters.rehearsal.room import Room
from adapters.rehearsal.script import play
from adapters.rehearsal.words import RoomProblem

__all__ = [
    "HOME",
    "Build",
    "CommandShown",
    "Core",
    "Rehearsal",
    "Room",
    "RoomClock",
    "RoomProblem",
    "play",
    "serve",
]
