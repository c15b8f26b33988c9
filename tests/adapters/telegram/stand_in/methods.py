"""The Bot API's methods, as far as the bot calls them."""

from collections.abc import Callable
from typing import Any

from tests.adapters.telegram.stand_in import limits
from tests.adapters.telegram.stand_in.faults import Refused, bad, forbidden
from tests.adapters.telegram.stand_in.world import ALL_RIGHTS, BOT, Group, Said, Someone, Topic, World

Parameters = dict[str, Any]


class Methods:
    def __init__(self, world: World) -> None:
        self.world = world

    def find(self, name: str) -> Callable[[Parameters], Any]:
        """The method, whatever the case of its name; 404 as the server says it."""
        known = {
            "getme": lambda given: BOT | {"can_read_all_group_messages": not self.world.privacy},
            "sendmessage": self.send_message,
            "editmessagetext": self.edit_message_text,
            "deletemessage": self.delete_message,
            "answercallbackquery": self.answer_callback_query,
            "getchatadministrators": self.get_chat_administrators,
            "getchatmember": self.get_chat_member,
            "getchatmembercount": self.get_chat_member_count,
            "getchat": self.get_chat,
            "pinchatmessage": self.pin_chat_message,
            "setmycommands": self.set_my_commands,
            "createforumtopic": self.create_forum_topic,
            "deleteforumtopic": self.delete_forum_topic,
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
            "approvechatjoinrequest": lambda given: self.decide(given, True),
            "declinechatjoinrequest": lambda given: self.decide(given, False),
        }
        if self.world.ephemeral != "none":
            known["deleteephemeralmessage"] = self.delete_ephemeral
            known["editephemeralmessagetext"] = self.edit_ephemeral
        if name.lower() not in known:
            raise Refused(404, "Not Found")
        return known[name.lower()]

    def send_message(self, given: Parameters) -> Any:
        words = limits.text(str(given.get("text", "")))
        found = limits.entities(words, given.get("entities") or [])
        markup = limits.keyboard(given.get("reply_markup"))
        chat = int(given["chat_id"])
        thread = self._may_write(chat, given.get("message_thread_id"))
        group = self.world.groups.get(chat)
        if (
            group
            and thread is None
            and group.general == "closed"
            and not self._has(group, "can_manage_topics")
        ):
            raise bad("TOPIC_CLOSED")
        reply = given.get("reply_parameters") or {"allow_sending_without_reply": True}
        answerable = self.world.find(chat, int(reply.get("message_id", 0))) is not None
        if not answerable and not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        said = Said(
            id=0,
            chat=chat,
            by=BOT,
            text=words,
            rev=self.world.next_rev(),
            entities=found,
            keyboard=markup,
            thread=thread,
            silent=bool(given.get("disable_notification")),
        )
        wish = given.get("ephemeral_message_parameters")
        if wish and self.world.ephemeral == "full":
            self._hide(said, wish)
        else:
            said.id = self.world.next_message(chat)
        self.world.said.append(said)
        return self.world.wire(said)

    def _hide(self, said: Said, wish: Parameters) -> None:
        group = self.world.groups.get(said.chat)
        receiver = int(wish["receiver_user_id"])
        if group is None or group.standing.get(receiver) in (None, "left", "kicked"):
            raise bad("user not found")
        said.only_for, said.ephemeral = receiver, self.world.next_message(-1)

    def edit_message_text(self, given: Parameters) -> Any:
        words = limits.text(str(given.get("text", "")))
        found = limits.entities(words, given.get("entities") or [])
        markup = limits.keyboard(given.get("reply_markup"))
        chat = int(given["chat_id"])
        self._may_write(chat, None)
        said = self.world.find(chat, int(given["message_id"]))
        if said is None:
            raise bad("message to edit not found")
        if said.by["id"] != BOT["id"]:
            raise bad("message can't be edited")
        return self._edit(said, words, found, markup)

    def _edit(self, said: Said, words: str, found: list[Any], markup: Any) -> Any:
        if (said.text, said.entities, said.keyboard) == (words, found, markup):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message"
            )
        said.text, said.entities, said.keyboard = words, found, markup
        said.edits += 1
        said.rev = self.world.next_rev()
        return self.world.wire(said)

    def edit_ephemeral(self, given: Parameters) -> Any:
        said = self._ephemeral(given)
        words = limits.text(str(given.get("text", "")))
        self._edit(said, words, given.get("entities") or [], limits.keyboard(given.get("reply_markup")))
        return True

    def delete_ephemeral(self, given: Parameters) -> Any:
        self._ephemeral(given).deleted = True
        return True

    def _ephemeral(self, given: Parameters) -> Said:
        for said in self.world.said:
            named = (said.ephemeral, said.only_for)
            if named == (int(given["ephemeral_message_id"]), int(given["receiver_user_id"])):
                return said
        raise bad("message to edit not found")

    def delete_message(self, given: Parameters) -> Any:
        chat = int(given["chat_id"])
        said = self.world.find(chat, int(given["message_id"]))
        if said is None:
            raise bad("message to delete not found")
        group = self.world.groups.get(chat)
        by_others = said.by["id"] != BOT["id"] or said.id in self.world.too_old
        if by_others and not (group and self._has(group, "can_delete_messages")):
            raise bad("message can't be deleted")
        said.deleted = True
        return True

    def answer_callback_query(self, given: Parameters) -> Any:
        id = str(given["callback_query_id"])
        who, answered = self.world.queries.get(id, (0, True))
        if answered or id in self.world.late_queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(given.get("text") or "") > 200:
            raise bad("MESSAGE_TOO_LONG")
        self.world.queries[id] = (who, True)
        if given.get("text") or given.get("url"):
            self.world.alerts.append((who, given.get("text") or "", given.get("url")))
        return True

    def get_chat_administrators(self, given: Parameters) -> Any:
        group = self._group(given)
        people = [self.world.people[id] for id, status in group.standing.items() if status in _STAFF]
        found = [self._member(group, person) for person in people]
        return [*found, self._own(group)] if group.bot_status == "administrator" else found

    def get_chat_member(self, given: Parameters) -> Any:
        group, user = self._group(given), int(given["user_id"])
        if user == BOT["id"]:
            return self._own(group)
        if user not in self.world.people:
            raise bad("user not found")
        return self._member(group, self.world.people[user])

    def get_chat_member_count(self, given: Parameters) -> Any:
        group = self._group(given)
        return 1 + sum(status not in ("left", "kicked") for status in group.standing.values())

    def get_chat(self, given: Parameters) -> Any:
        group = self._group(given)
        return group.wire() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}

    def pin_chat_message(self, given: Parameters) -> Any:
        group = self._group(given)
        said = self.world.find(group.id, int(given["message_id"]))
        if said is None or not self._has(group, "can_pin_messages"):
            raise bad("not enough rights to manage pinned messages in the chat")
        said.pinned = True
        return True

    def set_my_commands(self, given: Parameters) -> Any:
        scope = (given.get("scope") or {"type": "default"})["type"]
        self.world.commands[scope, given.get("language_code") or ""] = given["commands"]
        return True

    def set_webhook(self, given: Parameters) -> Any:
        self.world.webhook = given
        return True

    def delete_webhook(self, given: Parameters) -> Any:
        self.world.webhook = None
        return True

    def decide(self, given: Parameters, let_in: bool) -> Any:
        group, user = self._group(given), int(given["user_id"])
        if not self._has(group, "can_invite_users"):
            raise bad("not enough rights")
        if user not in group.requests:
            known = group.standing.get(user) == "member"
            raise bad("USER_ALREADY_PARTICIPANT" if known else "HIDE_REQUESTER_MISSING")
        group.requests.discard(user)
        self.world.decided.append((group.id, user, let_in))
        return True

    def _may_write(self, chat: int, thread: Any) -> int | None:
        """Whether the bot may write there; returns the topic."""
        if chat in self.world.people:
            return self._may_write_to(self.world.people[chat])
        group = self.world.groups.get(chat)
        if group is None:
            raise bad("chat not found")
        if group.upgraded_to is not None:
            moved = group.upgraded_to
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=moved)
        if group.bot_status in ("left", "kicked"):
            raise forbidden(f"bot was kicked from the {group.kind} chat")
        return self._topic(group, thread)

    @staticmethod
    def _may_write_to(person: Someone) -> None:
        if person.chat == "new":
            raise bad("chat not found")
        if person.chat == "met":
            raise forbidden("bot can't initiate conversation with a user")
        if person.chat == "blocked":
            raise forbidden("bot was blocked by the user")
        if person.chat == "gone":
            raise forbidden("user is deactivated")

    def _topic(self, group: Group, thread: Any) -> int | None:
        if thread is None or not group.forum:
            return None
        topic = group.topics.get(int(thread))
        if topic is None or topic.state == "deleted":
            raise bad("message thread not found")
        if topic.state == "closed" and not self._has(group, "can_manage_topics"):
            raise bad("TOPIC_CLOSED")
        return topic.id

    def create_forum_topic(self, given: Parameters) -> Any:
        group = self._group(given)
        if not group.forum:
            raise bad("the chat is not a forum")
        if not self._has(group, "can_manage_topics"):
            raise bad("not enough rights to create a topic")
        if not 1 <= len(str(given.get("name", ""))) <= 128:
            raise bad("TOPIC_TITLE_INVALID")
        topic = Topic(self.world.next_message(group.id), str(given["name"]))
        group.topics[topic.id] = topic
        extra = {"forum_topic_created": {"name": topic.name, "icon_color": 7322096}}
        said = Said(topic.id, group.id, BOT, "", self.world.next_rev(), thread=topic.id, extra=extra)
        self.world.put("message", self.world.wire(said))
        return {"message_thread_id": topic.id, "name": topic.name, "icon_color": 7322096}

    def delete_forum_topic(self, given: Parameters) -> Any:
        group = self._group(given)
        topic = group.topics.get(int(given["message_thread_id"]))
        if topic is None or not self._has(group, "can_delete_messages"):
            raise bad("not enough rights to delete the topic")
        topic.state = "deleted"
        return True

    def _group(self, given: Parameters) -> Group:
        group = self.world.groups.get(int(given["chat_id"]))
        if group is None:
            raise bad("chat not found")
        if group.upgraded_to is not None:
            moved = group.upgraded_to
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=moved)
        return group

    @staticmethod
    def _has(group: Group, right: str) -> bool:
        return group.bot_status == "administrator" and right in group.rights

    @staticmethod
    def _member(group: Group, person: Someone) -> dict[str, Any]:
        return member(person.wire(), group.standing.get(person.id, "left"), person.id in group.anonymous)

    @staticmethod
    def _own(group: Group) -> dict[str, Any]:
        return member(BOT, group.bot_status, False, group.rights)


_STAFF = ("creator", "administrator")
_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def member(
    user: dict[str, Any], status: str, anonymous: bool = False, rights: set[str] | None = None
) -> dict[str, Any]:
    """A ChatMember as the Bot API tells it."""
    found: dict[str, Any] = {"user": user, "status": status}
    if status == "creator":
        found["is_anonymous"] = anonymous
    if status == "administrator":
        allowed = set(ALL_RIGHTS) if rights is None else rights
        found |= {"is_anonymous": anonymous, **{right: right in allowed for right in ALL_RIGHTS}}
    if status == "restricted":
        found |= {"is_member": True, "until_date": 0, **dict.fromkeys(_MAY, True)}
    if status == "kicked":
        found["until_date"] = 0
    return found


_MAY = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
]
