"""Servers and who is in them, as the stand-in answers for them."""

from tests.adapters.discord.stand_in.asked import Answer, Asked
from tests.adapters.discord.stand_in.questions import Refusal
from tests.adapters.discord.stand_in.world import BOT, MANAGE_ROLES, Guild, World


class Guilds:
    def __init__(self, world: World) -> None:
        self.world = world

    def members(self, asked: Asked) -> Answer:
        after = int(asked.query.get("after", 0))
        found = sorted(self.guild(asked.names[0]).members.values(), key=lambda one: int(one.user.id))
        page = [one for one in found if int(one.user.id) > after][: int(asked.query.get("limit", 1))]
        return [one.wire() for one in page]

    def member(self, asked: Asked) -> Answer:
        guild = self.guild(asked.names[0])
        if asked.names[1] == BOT.id:
            return {
                "user": BOT.wire(),
                "roles": [guild.bot_role],
                "joined_at": None,
                "deaf": False,
                "mute": False,
                "flags": 0,
            }
        if asked.names[1] not in guild.members:
            raise Refusal(404, 10007)
        return guild.members[asked.names[1]].wire()

    def give_role(self, asked: Asked) -> Answer:
        guild, id = self.guild(asked.names[0]), asked.names[2]
        role = next((one for one in guild.roles() if one["id"] == id), None)
        if role is None:
            raise Refusal(404, 10011)
        if not guild.bot_permissions & MANAGE_ROLES or role["position"] >= guild.bot_position:
            raise Refusal(403, 50013)
        guild.members[asked.names[1]].roles.append(id)

    def own(self, asked: Asked) -> Answer:
        """The servers that the bot is in, in short."""
        after = int(asked.query.get("after", 0))
        mine = [one for one in self.world.guilds.values() if one.has_bot and int(one.id) > after]
        return [{"id": one.id, "name": one.name, "icon": None, "features": []} for one in mine]

    def channels(self, asked: Asked) -> Answer:
        guild = self.guild(asked.names[0])
        return [channel.wire(guild.bot_role) for channel in guild.channels]

    def audit(self, asked: Asked) -> Answer:
        guild = self.guild(asked.names[0])
        if not guild.bot_permissions & (1 << 7):
            raise Refusal(403, 50013)
        who = guild.added_by or guild.owner
        entry = {"id": "1", "user_id": who.id, "target_id": BOT.id, "action_type": 28}
        empty: list[object] = []
        return {
            "audit_log_entries": [entry],
            "users": [who.wire(), BOT.wire()],
            "webhooks": empty,
            "integrations": empty,
            "threads": empty,
            "application_commands": empty,
            "auto_moderation_rules": empty,
            "guild_scheduled_events": empty,
        }

    def guild(self, id: str) -> Guild:
        guild = self.world.guilds.get(id)
        if guild is None or not guild.has_bot:
            raise Refusal(404, 10004)
        return guild
