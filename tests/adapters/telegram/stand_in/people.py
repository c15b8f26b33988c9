"""What people do on Telegram, and the updates that the bot gets of it."""

from typing import Any

from tests.adapters.telegram.stand_in.methods import member
from tests.adapters.telegram.stand_in.world import ANONYMOUS, BOT, Group, Said, Someone, Topic, World

Wire = dict[str, Any]


class People:
    """Deeds. Each returns when the update about it waits for the bot (None where the bot hears nothing)."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def say(
        self,
        who: Someone,
        where: Group | None,
        text: str,
        *,
        topic: Topic | None = None,
        reply_to: Said | None = None,
        anonymous: bool = False,
        heard: bool | None = None,
        **extra: Any,
    ) -> Said:
        """Write in a group or topic, or (``where`` None) to the bot in the private chat."""
        said = self._said(who, where, text, topic, reply_to, anonymous, extra)
        self.world.said.append(said)
        if heard if heard is not None else self._is_heard(said, where, reply_to):
            await self.world.update("message", self.world.wire(said))
        return said

    def _said(
        self,
        who: Someone,
        where: Group | None,
        text: str,
        topic: Topic | None,
        reply_to: Said | None,
        anonymous: bool,
        extra: Wire,
    ) -> Said:
        chat = where.id if where else who.id
        if anonymous and where:
            extra = extra | {"sender_chat": where.wire(), "author_signature": "Moderator"}
        extra = extra | self._answering(who, where, topic, reply_to)
        if text.startswith("/") and "entities" not in extra:
            length = len(text.split()[0].split("-")[0])
            extra = extra | {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}
        if where is None and who.chat == "new":
            who.chat = "started"
        return Said(
            id=self.world.next_message(chat),
            chat=chat,
            by=ANONYMOUS if anonymous else who.wire(),
            text=text,
            rev=self.world.next_rev(),
            thread=topic.id if topic else None,
            extra=extra,
        )

    def _answering(
        self, who: Someone, where: Group | None, topic: Topic | None, reply_to: Said | None
    ) -> Wire:
        """What a message answers: in a topic, Telegram says that it answers the topic's first message."""
        if reply_to is not None:
            answered = self.world.wire(reply_to)
            answered.pop("reply_to_message", None)
            in_plain = where is not None and not where.forum
            return {"reply_to_message": answered} | ({"message_thread_id": reply_to.id} if in_plain else {})
        if topic is None or where is None:
            return {}
        first = {
            "message_id": topic.id,
            "date": 1_764_000_000,
            "chat": where.wire(),
            "from": who.wire(),
            "forum_topic_created": {"name": topic.name, "icon_color": 7322096},
        }
        return {"reply_to_message": first}

    def _is_heard(self, said: Said, where: Group | None, reply_to: Said | None) -> bool:
        """Privacy mode: without being an administrator the bot hears commands and answers to it."""
        if where is None or where.bot_status == "administrator" or not self.world.privacy:
            return True
        if where.bot_status in ("left", "kicked"):
            return False
        return said.text.startswith("/") or (reply_to is not None and reply_to.by["id"] == BOT["id"])

    async def edit(self, said: Said, text: str) -> None:
        said.text = text
        await self.world.update("edited_message", self.world.wire(said) | {"edit_date": 1_764_000_001})

    async def press(self, who: Someone, said: Said, label: str, *, inaccessible: bool = False) -> str:
        """Press a button that can be seen; returns the query's id."""
        for button in said.buttons:
            if button["text"] == label:
                return await self.send_data(who, said, button["callback_data"], inaccessible=inaccessible)
        raise AssertionError(f"no button {label!r}, only {[one['text'] for one in said.buttons]}")

    async def send_data(
        self, who: Someone, said: Said, data: str, *, inaccessible: bool = False, update_id: int | None = None
    ) -> str:
        query = f"q{len(self.world.queries) + 1}"
        self.world.queries[query] = (who.id, False)
        message = self.world.wire(said)
        if inaccessible:
            message = {"chat": self.world.chat_wire(said.chat), "message_id": said.id, "date": 0}
        content = {"id": query, "from": who.wire(), "chat_instance": "1", "data": data, "message": message}
        await self.world.update("callback_query", content, id=update_id)
        return query

    async def start(self, who: Someone, payload: str = "") -> None:
        """Open the private chat by its Start button, perhaps through a link."""
        who.chat = "started"
        await self.say(who, None, f"/start {payload}".strip())

    async def follow(self, who: Someone, url: str) -> None:
        """Open a link to the bot."""
        await self.start(who, url.partition("?start=")[2])

    async def add_bot(self, who: Someone, group: Group, *, status: str = "administrator") -> None:
        """Bring the bot into a group, or change what it is there."""
        old, group.bot_status = group.bot_status, status
        rights = group.rights if status == "administrator" else None
        change = self._change(group, who.wire(), member(BOT, old), member(BOT, status, False, rights))
        await self.world.update("my_chat_member", change)

    async def remove_bot(self, who: Someone, group: Group) -> None:
        await self.add_bot(who, group, status="kicked")

    async def block(self, who: Someone) -> None:
        who.chat = "blocked"
        chat = self.world.chat_wire(who.id)
        change = {"chat": chat, "from": who.wire(), "date": 1_764_000_000}
        change |= {"old_chat_member": member(BOT, "member"), "new_chat_member": member(BOT, "kicked")}
        await self.world.update("my_chat_member", change)

    async def join(
        self, group: Group, *who: Someone, by: Someone | None = None, signals: str = "both"
    ) -> None:
        """Come into a group. ``signals``: "both", "service" or "member", as Telegram tells it."""
        olds = {person.id: group.standing.get(person.id, "left") for person in who}
        for person in who:
            group.standing[person.id] = "member"
        if signals != "service" and group.bot_status == "administrator":
            for person in who:
                await self.promote(by or person, group, person, "member", old=olds[person.id])
        if signals != "member" and not group.hides_joins:
            news = {"new_chat_members": [person.wire() for person in who]}
            await self._service(group, by or who[0], news)

    async def leave(self, group: Group, who: Someone) -> None:
        old = group.standing.get(who.id, "left")
        group.standing[who.id] = "left"
        if group.bot_status == "administrator":
            await self.promote(who, group, who, "left", old=old)
        await self._service(group, who, {"left_chat_member": who.wire()})

    async def promote(
        self, by: Someone, group: Group, who: Someone, status: str, *, old: str | None = None
    ) -> None:
        """Change somebody's status; an administrator bot is told."""
        old = old or group.standing.get(who.id, "left")
        group.standing[who.id] = status
        if group.bot_status == "administrator":
            change = self._change(
                group,
                by.wire(),
                member(who.wire(), old),
                member(who.wire(), status, who.id in group.anonymous),
            )
            await self.world.update("chat_member", change)

    async def open_topic(self, who: Someone, group: Group, name: str) -> Topic:
        topic = Topic(self.world.next_message(group.id), name)
        group.topics[topic.id] = topic
        extra = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        said = Said(topic.id, group.id, who.wire(), "", self.world.next_rev(), thread=topic.id, extra=extra)
        await self.world.update("message", self.world.wire(said))
        return topic

    async def reopen_topic(self, who: Someone, group: Group, topic: Topic) -> None:
        topic.state = "open"
        said = Said(
            self.world.next_message(group.id),
            group.id,
            who.wire(),
            "",
            self.world.next_rev(),
            thread=topic.id,
            extra={"forum_topic_reopened": {}},
        )
        await self.world.update("message", self.world.wire(said))

    async def ask_to_join(self, who: Someone, group: Group, *, late: bool = False) -> None:
        """Knock. ``late``: the bot hears of it when the five minutes are over."""
        group.requests.add(who.id)
        if who.chat == "new" and not late:
            who.chat = "started"  # for five minutes, which is all the bot needs
        content = {"chat": group.wire(), "from": who.wire(), "user_chat_id": who.id, "date": 1_764_000_000}
        await self.world.update("chat_join_request", content)

    async def upgrade(self, who: Someone, group: Group, *, order: str = "old first") -> Group:
        """Turn a plain group into a supergroup."""
        new = self.world.group(group.title, id=-1_000_000_100_000 + group.id)
        new.standing, new.bot_status, new.rights = dict(group.standing), group.bot_status, group.rights
        group.upgraded_to = new.id
        told = [(group, {"migrate_to_chat_id": new.id}), (new, {"migrate_from_chat_id": group.id})]
        if order == "none":
            return new
        for where, news in told if order == "old first" else reversed(told):
            await self._service(where, who, news)
        return new

    async def _service(self, group: Group, who: Someone, news: Wire) -> None:
        said = Said(
            self.world.next_message(group.id), group.id, who.wire(), "", self.world.next_rev(), extra=news
        )
        await self.world.update("message", self.world.wire(said))

    @staticmethod
    def _change(group: Group, by: Wire, old: Wire, new: Wire) -> Wire:
        found = {"chat": group.wire(), "from": by, "date": 1_764_000_000}
        return found | {"old_chat_member": old, "new_chat_member": new}
