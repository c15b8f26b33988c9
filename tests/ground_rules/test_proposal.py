"""The life of an idea."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ground_rules import proposal as ideas_of
from ground_rules.agreement import Agreement, Kind, Rule, Weight, adopt, first_agreement, set_temporary, start
from ground_rules.ballot import DecisionRule, Outcome, Tally, second_vote
from ground_rules.calendar import Calendar
from ground_rules.proposal import (
    Origin,
    Proposal,
    RuleSubject,
    SetSubject,
    SettingSubject,
    State,
    change_of,
    plan_dates,
)
from ground_rules.refusals import Reason, Refused

CALENDAR = Calendar(tz=ZoneInfo("Europe/London"))
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)  # a Monday
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
STARTER = start(
    [
        Rule(number=1, title="Private", text="What is said here stays here."),
        Rule(number=2, title="The limit", text="In danger we get help.", core=True),
        Rule(number=3, title="Kind", text="We do not judge."),
    ],
    NOW,
)
AGREED = first_agreement(STARTER, {1, 2, 3}, NOW)


def idea(
    number: int | None = 1,
    *,
    kind: Kind = Kind.CHANGE,
    who: str = "ada",
    text: str = "Please keep what you read here to yourself.",
    others: tuple[Proposal, ...] = (),
    now: datetime = NOW,
    name: str = "idea",
) -> Proposal:
    return ideas_of.suggest(
        idea_id=name,
        subject=RuleSubject(change=kind, number=number),
        title="Private",
        text=text,
        why="It is clearer.",
        proposer=who,
        agreement=AGREED,
        ideas=others,
        now=now,
        dates=plan_dates(now, CALENDAR),
    )


def opened(proposal: Proposal) -> Proposal:
    return ideas_of.open_vote(proposal, ideas=(), now=proposal.opens_at, calendar=CALENDAR)


def closed(proposal: Proposal, outcome: Outcome) -> Proposal:
    return ideas_of.close(proposal, outcome=outcome, now=proposal.closes_at, calendar=CALENDAR)


def reworded(proposal: Proposal, now: datetime, text: str = "Other words.", who: str = "ada") -> Proposal:
    return ideas_of.reword(proposal, person=who, title="Private", text=text, now=now, calendar=CALENDAR)


def held(proposal: Proposal, now: datetime = NOW) -> Proposal:
    return ideas_of.hold(proposal, is_moderator=True, reason="It is Diwali.", now=now)


def answered(proposal: Proposal, now: datetime, who: str = "ada", is_moderator: bool = False) -> Proposal:
    return ideas_of.answer(
        proposal,
        person=who,
        is_moderator=is_moderator,
        reply="We thought of that.",
        now=now,
        calendar=CALENDAR,
    )


def assert_refused(reason: Reason, step: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        step()
    assert refused.value.reason is reason
    return refused.value


MENDING = closed(opened(idea()), Outcome.HELD)


# Coming up


def test_an_idea_is_talked_about_for_three_days_and_then_voted_on_for_four() -> None:
    talked = idea()
    assert talked.state is State.TALKING
    assert talked.opens_at == NOW + 3 * DAY  # Thursday
    assert talked.closes_at == NOW + 7 * DAY
    assert talked.wording.number == 1
    assert talked.builds_on == AGREED.version


def test_dates_keep_off_nights_weekends_and_days_already_taken() -> None:
    friday = plan_dates(NOW + DAY, CALENDAR)  # opens on Friday 15:00: too late
    assert friday.opens_at == datetime(2026, 11, 30, 10, tzinfo=UTC)
    taken = {CALENDAR.day(NOW + 3 * DAY)}
    moved = plan_dates(NOW, CALENDAR, taken=taken.__contains__)
    assert moved.opens_at == datetime(2026, 11, 27, 10, tzinfo=UTC)


def test_one_open_idea_each_and_three_in_a_group() -> None:
    first, second, third = (idea(who=who, name=who) for who in ("ada", "ben", "cyd"))
    assert_refused(Reason.ONE_IDEA_EACH, lambda: idea(others=(first,)))
    assert idea(who="dee", others=(first, second), name="dee").is_open
    assert_refused(Reason.THREE_IDEAS_OPEN, lambda: idea(who="dee", others=(first, second, third)))
    ended = ideas_of.withdraw(first, person="ada", now=NOW)
    assert idea(who="ada", others=(ended, second, third), name="again").is_open


def test_votes_that_moderators_begin_take_nobodys_place() -> None:
    theirs = replace(idea(), origin=Origin.SET, id="set")
    assert idea(who="ada", others=(theirs, replace(theirs, id="b"), replace(theirs, id="c"))).is_open


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.REJECTED])
def test_a_rule_rests_60_days_after_a_decision(outcome: Outcome) -> None:
    decided = replace(closed(opened(idea()), outcome), id="before")
    assert decided.ended_at is not None
    again = decided.ended_at + 60 * DAY
    refused = assert_refused(Reason.RULE_RESTS, lambda: idea(others=(decided,), now=again - SECOND))
    assert refused.details["at"] == again
    assert idea(others=(decided,), now=again).is_open
    assert idea(3, others=(decided,), now=NOW).is_open


def test_a_rule_does_not_rest_where_nothing_was_decided() -> None:
    withdrawn = replace(ideas_of.withdraw(idea(), person="ada", now=NOW), id="before")
    undecided = replace(withdrawn, state=State.NOT_DECIDED, id="other")
    assert idea(others=(withdrawn, undecided)).is_open


def test_a_new_rule_that_was_just_rejected_rests_too() -> None:
    before = idea(None, kind=Kind.ADD, text="Please do not sell things here.", name="before")
    before = closed(opened(before), Outcome.REJECTED)
    same = "Please, do not sell things here!"
    assert_refused(
        Reason.RULE_RESTS, lambda: idea(None, kind=Kind.ADD, text=same, others=(before,), now=NOW + 9 * DAY)
    )
    assert idea(None, kind=Kind.ADD, text="Say when a post is hard to read.", others=(before,)).is_open


def test_what_cannot_be_suggested() -> None:
    assert_refused(Reason.CORE_RULE_STAYS, lambda: idea(2, kind=Kind.REMOVE))
    assert_refused(Reason.NO_SUCH_RULE, lambda: idea(9))
    assert_refused(Reason.NO_SUCH_RULE, lambda: idea(None, kind=Kind.REMOVE))
    assert_refused(Reason.NOTHING_CHANGED, lambda: idea(text=AGREED.rule(1).text))
    assert_refused(Reason.TOO_SHORT, lambda: idea(text=" "))
    assert_refused(Reason.TOO_LONG, lambda: idea(text="x" * 281))
    assert idea(2, text="If there is danger we get help.").is_open


def test_only_its_proposer_sees_a_draft_until_it_is_published() -> None:
    dates = plan_dates(NOW, CALENDAR)
    drafted = ideas_of.draft(
        idea_id="d", subject=RuleSubject(change=Kind.ADD, weight=Weight.WORDING), title="New",
        text="A new rule.", why="We need it.", proposer="ada", agreement=AGREED, dates=dates,
    )  # fmt: skip
    assert drafted.state is State.DRAFT
    assert not drafted.is_open
    assert drafted.subject == RuleSubject(change=Kind.ADD)  # adding always changes the meaning
    public = ideas_of.publish(drafted, ideas=(drafted,), now=NOW, dates=dates)
    assert public.state is State.TALKING
    assert_refused(Reason.NOTHING_CHANGED, lambda: ideas_of.publish(public, ideas=(), now=NOW, dates=dates))


def test_a_setting_can_be_what_an_idea_is_about() -> None:
    one = replace(idea(), subject=SettingSubject(name="needed", value=9))
    other = replace(one, id="other", subject=SettingSubject(name="needed", value=7))
    assert one.is_about_the_same_as(other)
    assert not one.is_about_the_same_as(replace(other, subject=SettingSubject(name="watch", value=True)))
    assert not one.is_about_the_same_as(idea())


@pytest.mark.parametrize(("on", "off"), [("hint", "off"), (True, False)])
def test_what_was_agreed_can_be_asked_to_be_turned_off_at_any_time(on: str | bool, off: str | bool) -> None:
    def about(value: str | bool, name: str, others: tuple[Proposal, ...] = ()) -> Proposal:
        drafted = replace(
            idea(name=name), subject=SettingSubject(name="watch", value=value), state=State.DRAFT
        )
        return ideas_of.publish(drafted, ideas=others, now=NOW + 9 * DAY, dates=drafted.dates)

    turned_on = closed(opened(about(on, "on")), Outcome.PASSED)
    assert about(off, "off", (turned_on,)).is_open
    assert_refused(Reason.RULE_RESTS, lambda: about("room", "louder", (turned_on,)))
    kept_on = closed(opened(about(off, "off")), Outcome.REJECTED)
    assert_refused(Reason.RULE_RESTS, lambda: about(off, "again", (turned_on, kept_on)))


# Talking


def test_each_rewording_is_a_numbered_wording_and_the_dates_stay() -> None:
    talked = idea()
    again = reworded(talked, NOW + DAY)
    assert [w.number for w in again.wordings] == [1, 2]
    assert again.wordings[0] == talked.wording
    assert again.dates == talked.dates
    assert_refused(Reason.NOTHING_CHANGED, lambda: reworded(again, NOW + DAY))


def test_only_the_proposer_rewords_or_withdraws() -> None:
    assert_refused(Reason.ONLY_THE_PROPOSER, lambda: reworded(idea(), NOW, who="ben"))
    assert_refused(Reason.ONLY_THE_PROPOSER, lambda: ideas_of.withdraw(idea(), person="ben", now=NOW))


def test_the_wording_is_fixed_when_the_vote_is_due() -> None:
    talked = idea()
    assert reworded(talked, talked.opens_at - SECOND).wording.number == 2
    assert_refused(Reason.WORDING_FIXED, lambda: reworded(talked, talked.opens_at))


def test_a_held_idea_can_be_reworded_to_meet_the_reason() -> None:
    on_hold = reworded(held(idea()), NOW + DAY)
    assert (on_hold.state, on_hold.wording.number) == (State.HELD, 2)


def test_an_idea_to_remove_a_rule_shows_the_rule_and_has_no_wording_to_change() -> None:
    removing = idea(3, kind=Kind.REMOVE)
    assert (removing.wording.number, removing.wording.text) == (1, AGREED.rule(3).text)
    assert_refused(Reason.WORDING_FIXED, lambda: reworded(idea(3, kind=Kind.REMOVE), NOW))


def test_anyone_may_take_an_idea_over_once_its_proposer_left() -> None:
    talked = idea()
    assert_refused(
        Reason.PROPOSER_STILL_HERE, lambda: ideas_of.take_over(talked, person="ben", proposer_left=False)
    )
    assert ideas_of.take_over(talked, person="ben", proposer_left=True).proposer == "ben"
    own = idea(3, who="ben", name="own")
    assert_refused(
        Reason.ONE_IDEA_EACH,
        lambda: ideas_of.take_over(talked, person="ben", proposer_left=True, ideas=(talked, own)),
    )


def test_a_moderator_may_hold_an_idea_once_for_14_days_with_a_reason() -> None:
    on_hold = held(idea())
    assert (on_hold.state, on_hold.held_until) == (State.HELD, NOW + 14 * DAY)
    long = ideas_of.hold(idea(), is_moderator=True, reason="A reason", now=NOW, until=NOW + 90 * DAY)
    assert long.held_until == NOW + 14 * DAY
    assert_refused(Reason.ALREADY_HELD, lambda: held(on_hold))
    released = ideas_of.release(on_hold, is_moderator=True, now=NOW + DAY, calendar=CALENDAR)
    assert_refused(Reason.ALREADY_HELD, lambda: held(released))
    assert_refused(
        Reason.NOT_A_MODERATOR,
        lambda: ideas_of.hold(idea(), is_moderator=False, reason="A reason", now=NOW),
    )
    assert_refused(Reason.TOO_SHORT, lambda: ideas_of.hold(idea(), is_moderator=True, reason="", now=NOW))


def test_a_held_idea_goes_on_by_itself_and_not_before_unless_a_moderator_says_so() -> None:
    on_hold = held(idea())
    early = NOW + 14 * DAY - SECOND
    assert_refused(Reason.NOT_A_MODERATOR, lambda: ideas_of.release(on_hold, now=early, calendar=CALENDAR))
    went_on = ideas_of.release(on_hold, now=NOW + 14 * DAY, calendar=CALENDAR)
    assert went_on.state is State.TALKING
    assert went_on.opens_at == NOW + 14 * DAY
    assert went_on.closes_at > went_on.opens_at
    assert went_on.hold_reason is None
    soon = ideas_of.release(on_hold, is_moderator=True, now=NOW + DAY, calendar=CALENDAR)
    assert soon.dates == on_hold.dates
    assert_refused(Reason.NOT_HELD, lambda: ideas_of.release(soon, now=NOW, calendar=CALENDAR))


def test_a_held_idea_is_not_opened() -> None:
    on_hold = held(idea())
    assert_refused(Reason.ALREADY_HELD, lambda: opened(on_hold))


def test_a_moderator_may_give_three_more_days_of_talk_once() -> None:
    def extend(proposal: Proposal, is_moderator: bool = True, now: datetime = NOW) -> Proposal:
        return ideas_of.extend_talk(proposal, is_moderator=is_moderator, now=now, calendar=CALENDAR)

    talked = idea()
    longer = extend(talked)
    assert longer.opens_at == NOW + 6 * DAY  # Sunday afternoon
    assert longer.closes_at > longer.opens_at + 3 * DAY
    assert_refused(Reason.EXTENSION_USED, lambda: extend(longer))
    assert_refused(Reason.NOT_A_MODERATOR, lambda: extend(talked, False))
    assert_refused(Reason.WORDING_FIXED, lambda: extend(talked, now=talked.opens_at))


# Voting


def test_a_vote_opens_at_its_date_and_never_before() -> None:
    talked = idea()
    assert_refused(
        Reason.NOT_OPEN_YET,
        lambda: ideas_of.open_vote(talked, ideas=(), now=talked.opens_at - SECOND, calendar=CALENDAR),
    )
    voting = opened(talked)
    assert (voting.state, voting.vote, voting.opened_at) == (State.VOTING, 1, talked.opens_at)
    assert voting.closes_at == talked.closes_at


def test_a_vote_that_opens_days_late_closes_later_too() -> None:
    talked = idea()
    late = talked.opens_at + 4 * DAY
    voting = ideas_of.open_vote(talked, ideas=(), now=late, calendar=CALENDAR)
    assert voting.closes_at >= late + 4 * DAY
    minutes = talked.opens_at + timedelta(minutes=5)
    on_time = ideas_of.open_vote(talked, ideas=(), now=minutes, calendar=CALENDAR)
    assert on_time.closes_at == talked.closes_at


def test_one_vote_at_a_time_for_a_rule() -> None:
    first = opened(idea(name="first"))
    other = idea(who="ben", name="other")
    refused = assert_refused(
        Reason.ANOTHER_VOTE_OPEN,
        lambda: ideas_of.open_vote(other, ideas=(other, first), now=other.opens_at, calendar=CALENDAR),
    )
    assert refused.details["closes_at"] == first.closes_at
    waiting = ideas_of.wait(other, other=first, calendar=CALENDAR)
    assert waiting.opens_at == first.closes_at + DAY
    elsewhere = idea(3, who="ben", name="elsewhere")
    now = elsewhere.opens_at
    assert ideas_of.open_vote(elsewhere, ideas=(first,), now=now, calendar=CALENDAR).state is State.VOTING


def test_a_ballot_counts_while_the_vote_is_open_and_not_at_its_closing_moment() -> None:
    voting = opened(idea())
    ideas_of.check_open(voting, voting.closes_at - SECOND)
    assert_refused(Reason.VOTE_CLOSED, lambda: ideas_of.check_open(voting, voting.closes_at))
    assert_refused(Reason.NOT_OPEN_YET, lambda: ideas_of.check_open(idea(), NOW))
    assert_refused(Reason.VOTE_CLOSED, lambda: ideas_of.check_open(MENDING, NOW))


def test_anyone_may_ask_for_three_more_days_once_a_vote() -> None:
    voting = opened(idea())
    longer = ideas_of.more_time(voting, now=voting.opens_at, calendar=CALENDAR)
    assert longer.closes_at == voting.closes_at + 3 * DAY
    assert_refused(
        Reason.MORE_TIME_USED, lambda: ideas_of.more_time(longer, now=voting.opens_at, calendar=CALENDAR)
    )
    assert_refused(
        Reason.VOTE_CLOSED, lambda: ideas_of.more_time(voting, now=voting.closes_at, calendar=CALENDAR)
    )
    back = reworded(longer, longer.opens_at + HOUR)
    assert not opened(back).more_time_used


def test_rewording_during_a_vote_ends_it_uncounted_and_opens_the_talk_for_three_days() -> None:
    voting = opened(idea())
    now = voting.opens_at + HOUR
    back = reworded(voting, now)
    assert (back.state, back.wording.number, back.opened_at) == (State.TALKING, 2, None)
    assert back.opens_at >= now + 3 * DAY
    assert opened(back).vote == 2  # another vote, with ballots of its own
    assert_refused(Reason.VOTE_CLOSED, lambda: reworded(voting, voting.closes_at))


def test_an_idea_can_be_withdrawn_during_its_vote_but_not_after_the_close() -> None:
    voting = opened(idea())
    withdrawn = ideas_of.withdraw(voting, person="ada", now=voting.closes_at - SECOND)
    assert withdrawn.state is State.WITHDRAWN
    assert_refused(Reason.VOTE_CLOSED, lambda: ideas_of.withdraw(voting, person="ada", now=voting.closes_at))
    assert_refused(Reason.IDEA_CLOSED, lambda: ideas_of.withdraw(withdrawn, person="ada", now=NOW))


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.PASSED, State.ADOPTED),
        (Outcome.REJECTED, State.REJECTED),
        (Outcome.HELD, State.MENDING),
        (Outcome.TOO_FEW, State.VOTING),
    ],
)
def test_what_becomes_of_an_idea_at_the_close(outcome: Outcome, state: State) -> None:
    voting = opened(idea())
    assert_refused(
        Reason.NOT_CLOSED_YET,
        lambda: ideas_of.close(voting, outcome=outcome, now=voting.closes_at - SECOND, calendar=CALENDAR),
    )
    done = closed(voting, outcome)
    assert done.state is state
    assert (done.ended_at == voting.closes_at) is (not done.is_open)


def test_too_few_ballots_give_three_more_days_once_and_then_nothing_is_decided() -> None:
    voting = opened(idea())
    longer = closed(voting, Outcome.TOO_FEW)
    assert longer.closes_at == voting.closes_at + 3 * DAY
    assert longer.vote == voting.vote  # ballots already cast still count
    assert closed(longer, Outcome.TOO_FEW).state is State.NOT_DECIDED
    assert closed(longer, Outcome.PASSED).state is State.ADOPTED


def test_a_vote_is_closed_once() -> None:
    done = closed(opened(idea()), Outcome.PASSED)
    assert_refused(Reason.IDEA_CLOSED, lambda: closed(done, Outcome.PASSED))


def test_with_fewer_than_three_possible_voters_an_idea_is_adopted_provisionally() -> None:
    talked = idea()

    def adopted(size: int | None, now: datetime = talked.opens_at) -> Proposal:
        return ideas_of.adopt_provisionally(talked, group_size=size, now=now)

    assert adopted(2).state is State.ADOPTED
    assert_refused(Reason.NOT_OPEN_YET, lambda: adopted(3))
    assert_refused(Reason.NOT_OPEN_YET, lambda: adopted(None))
    assert_refused(Reason.NOT_OPEN_YET, lambda: adopted(2, talked.opens_at - SECOND))


# Mending


def test_mending_lasts_seven_days_and_then_nothing_is_decided() -> None:
    assert MENDING.mend_until == MENDING.closes_at + 7 * DAY
    assert_refused(Reason.NOT_MENDING, lambda: ideas_of.mending_over(idea(), NOW))
    assert_refused(Reason.NOT_CLOSED_YET, lambda: ideas_of.mending_over(MENDING, MENDING.closes_at + 6 * DAY))
    over = ideas_of.mending_over(MENDING, MENDING.mend_until)
    assert over.state is State.NOT_DECIDED
    late = MENDING.mend_until
    assert_refused(Reason.IDEA_CLOSED, lambda: reworded(MENDING, late))
    assert_refused(Reason.IDEA_CLOSED, lambda: answered(MENDING, late))


def test_changed_wording_leads_to_an_ordinary_vote_once() -> None:
    mended = reworded(MENDING, MENDING.closes_at + DAY)
    assert mended.state is State.TALKING
    assert mended.decision_rule(5) == DecisionRule(needed=5)
    again = closed(opened(mended), Outcome.HELD)
    assert_refused(Reason.MENDED_ALREADY, lambda: reworded(again, again.closes_at, "Yet other words."))
    assert answered(again, again.closes_at).decision_rule(5) == second_vote(5)


def test_the_same_wording_with_a_reply_leads_to_a_second_vote_at_80_percent() -> None:
    now = MENDING.closes_at + HOUR
    second = answered(MENDING, now)
    assert (second.state, second.reply) == (State.TALKING, "We thought of that.")
    assert second.decision_rule(5) == second_vote(5)
    assert_refused(Reason.WORDING_FIXED, lambda: reworded(second, now))
    assert_refused(Reason.WORDING_FIXED, lambda: reworded(held(second, now), now))
    assert opened(second).vote == 2
    assert answered(MENDING, now, "mod", is_moderator=True).reply == second.reply
    assert_refused(Reason.ONLY_THE_PROPOSER, lambda: answered(MENDING, now, "ben"))
    assert_refused(Reason.NOT_MENDING, lambda: answered(idea(), now))


def test_the_objector_alone_can_say_that_is_ok_now_and_the_vote_is_decided_again() -> None:
    def met(tally: Tally, is_objector: bool = True) -> tuple[Proposal, Tally]:
        rule, now = DecisionRule(needed=3), MENDING.closes_at + HOUR
        return ideas_of.objection_met(MENDING, is_objector=is_objector, tally=tally, rule=rule, now=now)

    assert met(Tally(agree=4, hold=1))[0].state is State.ADOPTED
    still, tally = met(Tally(agree=4, hold=2))
    assert still is MENDING
    assert tally == Tally(agree=4, worries=1, hold=1)
    assert met(Tally(agree=1, hold=1, against=2))[0].state is State.REJECTED
    assert_refused(Reason.NOT_THE_OBJECTOR, lambda: met(Tally(agree=4, hold=1), is_objector=False))


# Several ideas for one rule


def adopted_version(proposal: Proposal) -> tuple[Proposal, Agreement]:
    return closed(opened(proposal), Outcome.PASSED), adopt(AGREED, [change_of(proposal, AGREED)], NOW)


def after(other: Proposal, adopted: Proposal, version: int = 3) -> Proposal:
    dates = plan_dates(NOW + 7 * DAY, CALENDAR)
    return ideas_of.another_adopted(other, adopted=adopted, version=version, now=NOW, dates=dates)


def test_adopting_one_idea_sends_others_for_that_rule_back_to_talk_on_the_new_version() -> None:
    done, version = adopted_version(idea(name="done"))
    for other in (idea(who="ben", name="b"), replace(MENDING, id="b"), held(idea(name="b"))):
        back = after(other, done, version.version)
        assert (back.state, back.builds_on) == (State.TALKING, 3)
        assert back.opens_at == NOW + 10 * DAY
        assert change_of(back, version).before == version.rule(1)
    elsewhere = idea(3, name="c")
    assert after(elsewhere, done) is elsewhere
    assert after(done, done) is done


def test_when_a_rule_was_removed_an_idea_to_change_it_becomes_one_to_add_it() -> None:
    done, version = adopted_version(idea(3, kind=Kind.REMOVE, name="done"))
    changing = after(idea(3, name="b"), done)
    assert changing.subject == RuleSubject(change=Kind.ADD, number=3)
    assert change_of(changing, version).kind is Kind.ADD
    assert after(idea(3, kind=Kind.REMOVE, name="b"), done).state is State.NOT_DECIDED


def test_an_adopted_new_rule_gets_its_number_and_a_core_rule_stays_core() -> None:
    new = change_of(idea(None, kind=Kind.ADD), AGREED, number=4)
    assert (new.kind, new.number) == (Kind.ADD, 4)
    core = change_of(idea(2), AGREED)
    assert core.after is not None
    assert core.after.core
    with pytest.raises(ValueError, match="number"):
        change_of(idea(None, kind=Kind.ADD), AGREED)


# The whole set, and temporary rules


def asked(now: datetime = NOW, size: int | None = 60, last_try: datetime | None = None) -> Proposal:
    return ideas_of.ask_group(
        idea_id="set", proposer="mod", agreement=STARTER, group_size=size, now=now, calendar=CALENDAR,
        last_try=last_try,
    )  # fmt: skip


def test_the_whole_set_is_voted_on_for_seven_days_at_once() -> None:
    voting = asked()
    assert (voting.state, voting.opened_at) == (State.VOTING, NOW)
    assert voting.subject == SetSubject(numbers=(1, 2, 3))
    assert voting.closes_at == NOW + 7 * DAY
    friday = asked(NOW + 4 * DAY)
    assert friday.state is State.TALKING
    assert friday.opens_at == datetime(2026, 11, 30, 10, tzinfo=UTC)
    assert opened(friday).state is State.VOTING


def test_the_group_is_asked_again_after_14_days_and_only_if_three_could_vote() -> None:
    assert_refused(Reason.TRY_AGAIN_LATER, lambda: asked(last_try=NOW - 14 * DAY + SECOND))
    assert asked(last_try=NOW - 14 * DAY).is_open
    assert_refused(Reason.TOO_FEW_PEOPLE, lambda: asked(size=2))
    assert asked(size=None).is_open


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ({1: Outcome.PASSED, 2: Outcome.HELD}, State.ADOPTED),
        ({1: Outcome.HELD, 2: Outcome.HELD}, State.REJECTED),
        ({1: Outcome.TOO_FEW, 2: Outcome.TOO_FEW}, State.VOTING),
    ],
)
def test_the_set_is_adopted_as_soon_as_one_rule_passed(outcomes: dict[int, Outcome], state: State) -> None:
    voting = asked()
    done = ideas_of.close_set(voting, outcomes=outcomes, now=voting.closes_at, calendar=CALENDAR)
    assert done.state is state


def test_a_rule_set_aside_is_mended_alone_and_comes_back_under_its_number() -> None:
    adopted = first_agreement(STARTER, {1}, NOW)

    def aside(number: int) -> Proposal:
        return ideas_of.set_aside(
            idea_id=f"r{number}", rule=STARTER.rule(number), proposer="mod", adopted=adopted, now=NOW,
            calendar=CALENDAR,
        )  # fmt: skip

    assert (aside(3).state, aside(3).vote, aside(3).mend_until) == (State.MENDING, 1, NOW + 7 * DAY)
    mended = reworded(aside(3), NOW + DAY, "We do not judge anyone.", who="mod")
    assert mended.wording.number == 2
    back = change_of(mended, adopted)
    assert (back.kind, back.number) == (Kind.ADD, 3)
    assert change_of(aside(2), adopted).kind is Kind.CHANGE  # a core rule stayed in use


def test_a_temporary_rule_opens_its_vote_at_once_and_rests_30_days_after() -> None:
    temporary = set_temporary(AGREED, 4, "For now", "No photos this week", NOW)
    voting = ideas_of.ask_about_temporary(
        idea_id="t", rule=temporary.rule(4), why="Photos were copied.", proposer="mod", agreement=temporary,
        now=NOW, calendar=CALENDAR,
    )  # fmt: skip
    assert (voting.state, voting.opened_at, voting.vote) == (State.VOTING, NOW, 1)
    assert voting.closes_at == datetime(2026, 11, 30, 10, tzinfo=UTC)  # four days later is a Friday afternoon
    assert change_of(voting, temporary).kind is Kind.CHANGE
    assert change_of(voting, AGREED).kind is Kind.ADD  # it lapsed before the close
    ideas_of.check_temporary(None, NOW)
    ideas_of.check_temporary(NOW - 30 * DAY, NOW)
    assert_refused(Reason.TEMPORARY_TOO_SOON, lambda: ideas_of.check_temporary(NOW - 30 * DAY + SECOND, NOW))
    assert_refused(Reason.TEMPORARY_TOO_SOON, lambda: ideas_of.check_temporary(None, NOW, in_force=True))
