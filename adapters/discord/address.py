"""Where Discord is: its own address, or that of a proxy in front of it.

discord.py keeps both addresses on classes and never asks the API for the gateway's
(``http.Route.BASE``, ``gateway.DiscordWebSocket.DEFAULT_GATEWAY``), so they are set there.
"""

from discord import VoiceClient
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route

from adapters.discord.settings import API_BASE


def use(api_base: str) -> None:
    """Send every request to ``api_base``. Nobody is told that voice is missing: we never speak."""
    VoiceClient.warn_nacl = VoiceClient.warn_dave = False
    Route.BASE = api_base.rstrip("/")


async def use_its_gateway(http: HTTPClient, api_base: str) -> None:
    """Connect to the gateway that this API names."""
    if api_base.rstrip("/") != API_BASE:
        _, gateway, _ = await http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = type(DiscordWebSocket.DEFAULT_GATEWAY)(gateway)
