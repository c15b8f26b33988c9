"""Updates on their way to the core: each once, in order for each person, chats side by side.

Whoever hands updates in may tell Telegram that they have arrived when ``take`` returns: by then each is
handled, or written down until it is. What people just say in a group is never written down.
"""

import asyncio
import logging
import sqlite3
import weakref
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from adapters.telegram import errors
from adapters.telegram.inbound import chat_of, is_talk, without_others_words
from adapters.telegram.state import State

log = logging.getLogger(__name__)
_REMEMBERED = 5_000
_AT_ONCE = 8  # of one chat
_BESIDE = -(10**18)  # lanes of urgent help, one each: no chat has such a number
Wire = dict[str, Any]


class Intake:
    def __init__(
        self,
        *,
        handle: Callable[[Wire], Awaitable[None]],
        is_idle_talk: Callable[[Wire], bool],
        is_urgent: Callable[[Wire], bool],
        state: State,
        patience: float,
    ) -> None:
        self._handle = handle
        self._is_idle_talk = is_idle_talk
        self._is_urgent = is_urgent
        self._state = state
        self._patience = patience
        self._seen: OrderedDict[int, asyncio.Task[None] | None] = OrderedDict()
        self._lanes: dict[tuple[int, int], asyncio.Task[None]] = {}
        self._chats: weakref.WeakValueDictionary[int, asyncio.Semaphore] = weakref.WeakValueDictionary()
        self._written: set[int] = set()
        self._stuck: set[int] = set()

    def recover(self) -> None:
        """Go on with what an earlier process had written down and not handled."""
        for update in self._state.waiting():
            self._written.add(update["update_id"])
            self._begin(update)

    async def take(self, updates: Sequence[Wire]) -> None:
        """Handle these. What is not done within the patience is written down and goes on by itself."""
        running = {task: update for update in updates if (task := self._begin(update)) is not None}
        # Behind one that is late already nothing is waited for: others would wait too.
        late = {task for task, update in running.items() if chat_of(update)[0] in self._stuck}
        if prompt := running.keys() - late:
            late |= (await asyncio.wait(prompt, timeout=self._patience))[1]
        unwritten = [
            running[task]
            for task in late
            if running[task]["update_id"] not in self._written and not is_talk(running[task])
        ]
        if unwritten:
            await self._write_down(unwritten, late)

    async def _write_down(self, unwritten: Sequence[Wire], late: "set[asyncio.Task[None]]") -> None:
        """Keep these until they are handled; where that cannot be written, wait for them instead."""
        try:
            self._state.put_waiting([without_others_words(update) for update in unwritten])
        except sqlite3.Error as fault:
            log.error("updates cannot be written down: %s", errors.where(fault))
            await asyncio.wait(late)
        else:
            self._stuck.update(chat_of(update)[0] for update in unwritten)
            self._written.update(update["update_id"] for update in unwritten)

    async def settled(self) -> None:
        """Wait until everything that was taken is handled."""
        while self._lanes:
            await asyncio.wait(set(self._lanes.values()))

    def stop(self) -> None:
        """Leave off. What is not handled was written down, or is not confirmed: it comes again."""
        for task in list(self._lanes.values()):
            task.cancel()

    def _begin(self, update: Wire) -> "asyncio.Task[None] | None":
        """Start on an update, unless it is known or of no use; returns what is still to be waited for."""
        id = update.get("update_id")
        if not isinstance(id, int):
            return None
        if id in self._seen:
            task = self._seen[id]
            return task if task is not None and not task.done() else None
        self._remember(id)
        try:
            if self._is_idle_talk(update):
                return None
            lane = (_BESIDE - id, 0) if self._is_urgent(update) else chat_of(update)
        except (AttributeError, KeyError, TypeError, ValueError) as fault:  # of a shape nobody knows
            log.error("an update could not be read: %s", errors.where(fault))
            return None
        task = asyncio.ensure_future(self._run(update, lane, self._lanes.get(lane)))
        self._seen[id] = task
        self._lanes[lane] = task
        task.add_done_callback(lambda done: self._ended(lane, id, done))
        return task

    def _remember(self, id: int) -> None:
        self._seen[id] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)

    async def _run(self, update: Wire, lane: tuple[int, int], before: "asyncio.Task[None] | None") -> None:
        if before is not None:
            await asyncio.wait([before])
        async with self._chats.setdefault(lane[0], asyncio.Semaphore(_AT_ONCE)):
            try:
                await self._handle(update)
            except Exception as fault:
                # Its words can be what somebody wrote: only its kind and place are told.
                log.error("an update could not be handled: %s", errors.where(fault))

    def _ended(self, lane: tuple[int, int], id: int, task: "asyncio.Task[None]") -> None:
        if self._lanes.get(lane) is task:
            del self._lanes[lane]
            self._stuck.discard(lane[0])
        if id in self._seen:
            self._seen[id] = None
        if id in self._written and not task.cancelled():
            self._written.discard(id)
            self._state.handled(id)
