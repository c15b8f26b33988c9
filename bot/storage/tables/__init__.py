"""Every table, by area. Times are aware UTC; people are hashes unless a message must reach them later."""

from bot.storage.tables.cases import cases, left_out, not_written_to
from bot.storage.tables.columns import Moment, metadata
from bot.storage.tables.cover import duties, moderator_reach
from bot.storage.tables.delivery import due, messages, outbox
from bot.storage.tables.directory import directory_entries, number_checks
from bot.storage.tables.groups import communities, join_requests, moderators, places, refused_places, settings
from bot.storage.tables.people import acknowledgements, asks, greeted, people, questions
from bot.storage.tables.reminders import reminder_wishes, reminders
from bot.storage.tables.rules import agreement_changes, agreement_rules, agreements, proposals, wordings
from bot.storage.tables.signposts import gaps, shown_links
from bot.storage.tables.threads import threads
from bot.storage.tables.votes import ballots, objections, standing_objections, vote_items, votes
from bot.storage.tables.watch import noticed, raised_rules, rule_answers, watch_counts

__all__ = [
    "Moment",
    "acknowledgements",
    "agreement_changes",
    "agreement_rules",
    "agreements",
    "asks",
    "ballots",
    "cases",
    "communities",
    "directory_entries",
    "due",
    "duties",
    "gaps",
    "greeted",
    "join_requests",
    "left_out",
    "messages",
    "metadata",
    "moderator_reach",
    "moderators",
    "not_written_to",
    "noticed",
    "number_checks",
    "objections",
    "outbox",
    "people",
    "places",
    "proposals",
    "questions",
    "raised_rules",
    "refused_places",
    "reminder_wishes",
    "reminders",
    "rule_answers",
    "settings",
    "shown_links",
    "standing_objections",
    "threads",
    "vote_items",
    "votes",
    "watch_counts",
    "wordings",
]
