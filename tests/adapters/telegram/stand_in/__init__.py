"""A local stand-in for Telegram: real HTTP on loopback, people in groups, topics and private chats."""

from tests.adapters.telegram.stand_in.faults import Fault
from tests.adapters.telegram.stand_in.server import StandIn
from tests.adapters.telegram.stand_in.world import BOT, Group, Said, Someone, World

__all__ = ["BOT", "Fault", "Group", "Said", "Someone", "StandIn", "World"]
