"""A local stand-in of Discord: real HTTP and a real gateway on loopback, and people who use it."""

from aiohttp import web

from tests.adapters.discord.stand_in.faults import Faults
from tests.adapters.discord.stand_in.gateway import CONTENT, MEMBERS, Gateway
from tests.adapters.discord.stand_in.people import People
from tests.adapters.discord.stand_in.questions import Question, Questions
from tests.adapters.discord.stand_in.rest import Rest
from tests.adapters.discord.stand_in.world import BOT, Channel, Guild, Member, Message, Someone, World

__all__ = ["BOT", "Channel", "Guild", "Member", "Message", "Question", "Someone", "StandIn", "World"]
TOKEN = "MTIz.stand-in.token"


class StandIn:
    """``start`` it, point the adapter at ``address``, let ``people`` do things."""

    token = TOKEN

    def __init__(self, *, members_on: bool = True, content_on: bool = True) -> None:
        self.world, self.faults = World(), Faults()
        self.questions = Questions(self.world)
        privileged = (MEMBERS if members_on else 0) | (CONTENT if content_on else 0)
        self.gateway = Gateway(self.world, TOKEN, privileged)
        self.rest = Rest(self.world, self.questions, self.faults, TOKEN)
        self.rest.tell = self.gateway.tell
        self.rest.flags = (1 << 14 if members_on else 0) | (1 << 18 if content_on else 0)
        self.people = People(self.world, self.questions, self.gateway)
        self.address = ""

    @property
    def objections(self) -> list[str]:
        """Everything that Discord would not like."""
        return [*self.rest.objections, *self.gateway.objections, *self.people.failed]

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_route("*", "/api/v10/{path:.*}", self.rest.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.address = self.rest.address = f"http://{host}/api/v10"
        self.rest.gateway = f"ws://{host}/gateway/"
        self.gateway.resume_address = lambda: self.rest.gateway

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def heard(self) -> None:
        """Everything that was sent has reached the bot."""
        await self.gateway.heard()
