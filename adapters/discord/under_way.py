"""What is being done right now, so that it can be waited for."""

import asyncio
from collections.abc import Awaitable
from typing import Any


class UnderWay:
    def __init__(self) -> None:
        self._many = 0
        self._nothing = asyncio.Event()
        self._nothing.set()

    async def do(self, doing: Awaitable[Any]) -> None:
        self._many += 1
        self._nothing.clear()
        try:
            await doing
        finally:
            self._many -= 1
            if not self._many:
                self._nothing.set()

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        await self._nothing.wait()
