"""A process in which somebody is worried, to be killed before or while moderators are told.

    python -m tests.processes.worry_worker DATABASE_URL TIME FILE before|while

``before``: the worry is stored and nothing is sent yet. ``while``: the platform has taken the alert, which
is in FILE by its key, and the process has not noted it.
"""

import asyncio
import os
import sys
from datetime import datetime
from pathlib import Path

from bot.contract.actions import Sent
from bot.contract.events import MessageRef
from tests.group import Clock, GroupUnderTest, Platform


class Stuck(Platform):
    """Takes one message and never comes back."""

    file: Path

    async def perform(self, action: Sent, key: str) -> MessageRef | None:
        handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(handle, f"{key}\n".encode())
        os.close(handle)
        print("stuck", flush=True)
        await asyncio.sleep(3600)
        return None


async def main(url: str, at: str, file: str, when: str) -> None:
    clock = Clock(datetime.fromisoformat(at))
    platform = Stuck(clock)
    platform.file = Path(file)
    group = GroupUnderTest(url, clock, platform)
    await group.wire()
    group.add_person("Asha")
    said = await group.type("Asha", "/worried yes")
    print("stored" if "Thank you for telling us." in said else f"not stored: {said}", flush=True)
    if when == "while":
        await group.settle()
    await asyncio.sleep(3600)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
