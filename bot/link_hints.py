"""Whether links still answer. A hint for whoever checks them, never a check: pages change behind a link."""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

MOST = 300  # addresses of one run
AT_ONCE = 5  # hosts
PAUSE = 1.0  # seconds between two questions to one host
PATIENCE = 10.0  # seconds for one answer
REDIRECTS = 5
_AGENT = "common-ground link hints (run by hand)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """What was seen at an address: ``status`` 0 means that nobody answered. ``moved_to``: where it led."""

    address: str
    status: int
    moved_to: str = ""

    @property
    def fine(self) -> bool:
        """Whether it answered with a page, on the host that it names."""
        return 200 <= self.status < 300 and not self.moved_to


async def look(
    addresses: Iterable[str], *, pause: float = PAUSE, patience: float = PATIENCE, most: int = MOST
) -> Sequence[Hint]:
    """Ask each address once, one at a time on each host, and read no more than the head of the answer."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in list(dict.fromkeys(addresses))[:most]:
        hosts[urlsplit(address).netloc].append(address)
    room = asyncio.Semaphore(AT_ONCE)
    timeout = aiohttp.ClientTimeout(total=patience)
    async with aiohttp.ClientSession(
        timeout=timeout, headers={"User-Agent": _AGENT}, trust_env=True, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        found = await asyncio.gather(*(_on_host(session, room, each, pause) for each in hosts.values()))
    return [hint for hints in found for hint in hints]


async def _on_host(
    session: aiohttp.ClientSession, room: asyncio.Semaphore, addresses: Sequence[str], pause: float
) -> list[Hint]:
    async with room:
        hints = []
        for number, address in enumerate(addresses):
            if number:
                await asyncio.sleep(pause)
            hints.append(await _ask(session, address))
        return hints


async def _ask(session: aiohttp.ClientSession, address: str) -> Hint:
    try:
        async with session.get(address, max_redirects=REDIRECTS) as answer:
            return Hint(address=address, status=answer.status, moved_to=_moved(address, str(answer.url)))
    except (aiohttp.ClientError, TimeoutError, ssl.SSLError, ValueError, OSError):
        return Hint(address=address, status=0)


def _moved(asked: str, ended: str) -> str:
    """Where it led, if that is another host (www. apart) or no longer https."""
    before, after = urlsplit(asked), urlsplit(ended)
    same = (before.hostname or "").removeprefix("www.") == (after.hostname or "").removeprefix("www.")
    return "" if same and before.scheme == after.scheme else ended
