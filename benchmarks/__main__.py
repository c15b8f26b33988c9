"""Run the benchmarks and print figure and limit, one line each."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping

from benchmarks import (
    ballots,
    discord_answers,
    discord_client,
    first_agreement,
    noticing,
    ordinary_message,
    questions_at_scale,
    signposts,
    start,
    telegram,
    urgent,
)
from benchmarks.figure import Figure

ALL: Mapping[str, Callable[[], Awaitable[list[Figure]]]] = {
    "message": ordinary_message.measure,
    "ballots": ballots.measure,
    "start": start.measure,
    "signposts": signposts.measure,
    "scale": questions_at_scale.measure,
    "agreement": first_agreement.measure,
    "discord": discord_client.measure,
    "discord-answers": discord_answers.measure,
    "telegram": telegram.measure,
    "urgent": urgent.measure,
    "noticing": noticing.measure,
}


async def main(names: list[str]) -> int:
    missed = 0
    for name in names or list(ALL):
        for figure in await ALL[name]():
            print(figure, flush=True)
            missed += not figure.reached
    return 1 if missed else 0


if __name__ == "__main__":
    unknown = [name for name in sys.argv[1:] if name not in ALL]
    if unknown:
        raise SystemExit(f"no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}")
    raise SystemExit(asyncio.run(main(sys.argv[1:])))
