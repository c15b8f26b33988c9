"""From the command to the open room, beside importing what that command imports."""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figure import Figure

RUNS = 7
IMPORTS = (
    "import bot.__main__, adapters.rehearsal, bot.assembly, bot.borrowing, bot.config, bot.lock, "
    "bot.logs, bot.texts, bot.storage.migrate, aiosqlite"
)


async def measure() -> list[Figure]:
    ready, imported = [], []
    for _ in range(RUNS):
        imported.append(await asyncio.to_thread(_imports))
        ready.append(await asyncio.to_thread(_until_ready))
    ratio = statistics.median(ready) / statistics.median(imported)
    return [
        Figure(
            name="start to ready, as a multiple of its imports",
            value=ratio,
            limit=1.5,
            unit="times",
            note=f"{statistics.median(ready):.2f} s and {statistics.median(imported):.2f} s, a new room",
        )
    ]


def _imports() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True)
    return time.perf_counter() - begun


def _until_ready() -> float:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        command = [
            sys.executable,
            "-m",
            "bot",
            "rehearse",
            "--port",
            "0",
            "--data",
            str(Path(folder) / "room"),
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            taken = time.perf_counter() - begun
            process.kill()
        return taken
