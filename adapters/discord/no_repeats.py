"""discord.py repeats a request after a 5xx, which opens a forum post twice and holds up the outbox.

What changes a channel is not repeated there: it fails, and the outbox tries again with the same nonce.
First words of answers still are, and nobody else would repeat them. Their repeat is refused (40060) if the
first took effect; so is the first word of a second program with the same token, which never got a 5xx.
"""

import re
import types
from collections import OrderedDict

import aiohttp

_FIRST_WORD = re.compile(r"/interactions/(\d+)/")
_MOST = 500


class ServerFault(aiohttp.ClientError):
    """Discord answered 5xx; the change may have happened or not."""


class Repeated:
    """Which first words of answers discord.py may have sent twice."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int, None] = OrderedDict()

    def note(self, interaction: int) -> None:
        self._ids[interaction] = None
        if len(self._ids) > _MOST:
            self._ids.popitem(last=False)

    def __contains__(self, interaction: int) -> bool:
        return interaction in self._ids


def trace(repeated: Repeated) -> aiohttp.TraceConfig:
    """For ``discord.Client(http_trace=...)``."""

    async def look(
        session: aiohttp.ClientSession, context: types.SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        if ended.method == "GET" or ended.response.status < 500:
            return
        if first_word := _FIRST_WORD.search(ended.url.path):
            repeated.note(int(first_word[1]))
        elif "/channels/" in ended.url.path:
            ended.response.release()
            raise ServerFault(str(ended.response.status))

    config = aiohttp.TraceConfig()
    config.on_request_end.append(look)
    return config
