"""Where Discord is: its own address, or that of a proxy in front of it.

discord.py keeps both addresses on classes and never asks the API for the gateway's
(``http.Route.BASE``, ``gateway.DiscordWebSocket.DEFAULT_GATEWAY``), so they are set there.
"""

from discord import VoiceClient
from discord.gateway import DiscordWebSocket
from discord.http import Route


def use(api_base: str) -> None:
    """Send every request to ``api_base``. Nobody is told that voice is missing: we never speak."""
    VoiceClient.warn_nacl = VoiceClient.warn_dave = False
    Route.BASE = api_base.rstrip("/")


def use_gateway(address: str) -> None:
    """Connect to this gateway, which the API named."""
    DiscordWebSocket.DEFAULT_GATEWAY = type(DiscordWebSocket.DEFAULT_GATEWAY)(address)
