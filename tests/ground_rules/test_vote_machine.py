"""One idea and its votes, driven at random, against a plain account of what should happen."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ground_rules import proposal as ideas_of
from ground_rules.agreement import Kind, Rule, start
from ground_rules.ballot import Choice, Outcome, check_may_vote, count, decide, needed_ballots
from ground_rules.calendar import Calendar
from ground_rules.proposal import Proposal, RuleSubject, State
from ground_rules.refusals import Refused

CALENDAR = Calendar(tz=ZoneInfo("Europe/London"))
BEGIN = datetime(2026, 3, 25, 11, tzinfo=UTC)  # the clocks go forward on the 29th
PEOPLE = ("ada", "ben", "cyd", "dee")
LATECOMER = "eve"
STARTER = start([Rule(number=1, title="Private", text="What is said here stays here.")], BEGIN)
ENDS = {State.ADOPTED, State.REJECTED, State.NOT_DECIDED, State.WITHDRAWN}


class OneIdea(RuleBasedStateMachine):
    """`box` is what a store would keep; `said` is the plain account: a list of what was accepted."""

    idea: Proposal
    now: datetime
    box: dict[tuple[int, str], Choice]
    said: list[tuple[str, Choice]]
    opening: datetime | None
    wordings: int
    extended: bool
    second: bool
    mended: bool

    @initialize()
    def suggest(self) -> None:
        self.now, self.box, self.said, self.opening = BEGIN, {}, [], None
        self.wordings, self.extended, self.second, self.mended = 1, False, False, False
        self.idea = ideas_of.suggest(
            idea_id="i",
            subject=RuleSubject(change=Kind.CHANGE, number=1),
            title="Private",
            text="Please keep it here.",
            why="It is clearer.",
            proposer="ada",
            agreement=STARTER,
            ideas=(),
            now=self.now,
            dates=ideas_of.plan_dates(self.now, CALENDAR),
        )

    @rule(hours=st.sampled_from([1, 7, 24, 24 * 4]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_next_date_comes(self) -> None:
        dates = (self.idea.opens_at, self.idea.closes_at, self.idea.mend_until)
        ahead = [date for date in dates if date is not None and date > self.now]
        self.now = min(ahead, default=self.now)

    @rule(who=st.sampled_from((*PEOPLE, LATECOMER)), choice=st.sampled_from(Choice))
    def cast(self, who: str, choice: Choice) -> None:
        expected = self.opening is not None and self.now < self.idea.closes_at and who != LATECOMER

        def press() -> None:
            ideas_of.check_open(self.idea, self.now)
            opened_at = self.idea.opened_at
            assert opened_at is not None
            joined_at = opened_at if who == LATECOMER else None
            check_may_vote(joined_at=joined_at, is_member=True, opened_at=opened_at)
            self.box[self.idea.vote, who] = choice

        assert accepted(press) is expected
        if expected:
            self.said.append((who, choice))

    @rule()
    def open(self) -> None:
        due = self.idea.state is State.TALKING and self.now >= self.idea.opens_at
        if self.step(lambda: ideas_of.open_vote(self.idea, ideas=(), now=self.now, calendar=CALENDAR), due):
            self.opening, self.said, self.extended = self.now, [], False

    @rule()
    def reword(self) -> None:
        state = self.idea.state
        can = {
            State.TALKING: self.now < self.idea.opens_at and not self.second,
            State.VOTING: self.now < self.idea.closes_at,
            State.MENDING: not self.mended and self._still_mending(),
        }.get(state, False)
        text = f"Wording {self.wordings + 1} of it."
        step = lambda: ideas_of.reword(  # noqa: E731
            self.idea, person="ada", title="Private", text=text, now=self.now, calendar=CALENDAR
        )
        if self.step(step, can):
            self.wordings += 1
            self.mended = self.mended or state is State.MENDING
            if state is not State.TALKING:
                self.opening, self.second = None, False

    @precondition(lambda self: self.idea.state is State.MENDING)
    @rule()
    def answer(self) -> None:
        step = lambda: ideas_of.answer(  # noqa: E731
            self.idea, person="mod", is_moderator=True, reply="We thought of it.", now=self.now,
            calendar=CALENDAR,
        )  # fmt: skip
        if self.step(step, self._still_mending()):
            self.second = True

    @precondition(lambda self: self.idea.state is State.MENDING)
    @rule()
    def mending_ends(self) -> None:
        self.step(lambda: ideas_of.mending_over(self.idea, self.now), not self._still_mending())

    @rule()
    def more_time(self) -> None:
        can = self.opening is not None and self.now < self.idea.closes_at and not self.idea.more_time_used
        self.step(lambda: ideas_of.more_time(self.idea, now=self.now, calendar=CALENDAR), can)

    @rule()
    def close(self) -> None:
        can = self.opening is not None and self.now >= self.idea.closes_at
        tally = count(choice for (vote, _), choice in self.box.items() if vote == self.idea.vote)
        outcome = decide(tally, self.idea.decision_rule(needed_ballots(len(PEOPLE))))
        step = lambda: ideas_of.close(  # noqa: E731
            self.idea, outcome=outcome, now=self.now, calendar=CALENDAR
        )
        if not self.step(step, can):
            return
        expected = self._expected()
        assert outcome is expected
        again = expected is Outcome.TOO_FEW and not self.extended
        assert (self.idea.state is State.VOTING) is again
        assert (self.idea.state is State.ADOPTED) is (expected is Outcome.PASSED)
        self.extended = again
        if not again:
            self.opening = None

    @invariant()
    def nobody_has_two_ballots_in_a_vote(self) -> None:
        if self.opening is not None:
            voters = {who for vote, who in self.box if vote == self.idea.vote}
            assert voters == {who for who, _ in self.said}

    @invariant()
    def every_date_is_allowed_and_no_wording_is_lost(self) -> None:
        assert CALENDAR.allowed(self.idea.opens_at)
        assert CALENDAR.allowed(self.idea.closes_at)
        assert self.idea.opens_at < self.idea.closes_at
        assert [w.number for w in self.idea.wordings] == list(range(1, self.wordings + 1))

    @invariant()
    def an_end_is_an_end(self) -> None:
        assert (self.idea.ended_at is not None) is (self.idea.state in ENDS)
        assert (self.idea.state is State.VOTING) is (self.opening is not None)

    def step(self, step: Callable[[], Proposal], expected: bool) -> bool:
        """Take the step if it is allowed, and find that it is so exactly when expected."""

        def take() -> None:
            self.idea = step()

        assert accepted(take) is expected
        return expected

    def _still_mending(self) -> bool:
        return self.idea.mend_until is not None and self.now < self.idea.mend_until

    def _expected(self) -> Outcome:
        """The outcome from each person's last word since this vote opened, in whole numbers."""
        last = list(dict(self.said).values())
        agree = sum(choice in (Choice.AGREE, Choice.WORRIES) for choice in last)
        hold, against = last.count(Choice.HOLD), last.count(Choice.AGAINST)
        deciding = agree + hold + against
        if len(last) < 3 or not deciding:
            return Outcome.TOO_FEW
        if self.second:
            return Outcome.PASSED if 5 * agree >= 4 * deciding else Outcome.REJECTED
        if 3 * (agree + hold) < 2 * deciding:
            return Outcome.REJECTED
        return Outcome.HELD if hold else Outcome.PASSED


def accepted(step: Callable[[], None]) -> bool:
    """Whether the step was taken; False when it was refused."""
    try:
        step()
    except Refused:
        return False
    return True


TestOneIdea = OneIdea.TestCase
TestOneIdea.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
