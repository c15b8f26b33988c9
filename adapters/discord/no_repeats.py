"""discord.py repeats a request after a 5xx, which opens a forum post twice and holds up the outbox.

What changes a channel is not repeated there: it fails, and the outbox tries again with the same nonce.
First words of answers still are: their repeat is told apart (40060), and nobody else would repeat them.
"""

import types

import aiohttp


class ServerFault(aiohttp.ClientError):
    """Discord answered 5xx; the change may have happened or not."""


def trace() -> aiohttp.TraceConfig:
    """For ``discord.Client(http_trace=...)``."""
    config = aiohttp.TraceConfig()
    config.on_request_end.append(_look)
    return config


async def _look(
    session: aiohttp.ClientSession, context: types.SimpleNamespace, ended: aiohttp.TraceRequestEndParams
) -> None:
    changes = ended.method != "GET" and "/channels/" in ended.url.path
    if changes and ended.response.status >= 500:
        ended.response.release()
        raise ServerFault(str(ended.response.status))
