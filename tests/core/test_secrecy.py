"""Keyed hashes: nothing can be told from one about another, and a vote's go with its nonce."""

from hypothesis import given
from hypothesis import strategies as st

from bot.contract.events import Person
from bot.secrecy import Secrecy

ASHA = Person(platform="discord", id="1", name="Asha")
BEN = Person(platform="discord", id="2")
OURS = Secrecy("a secret")
OTHER = Secrecy("another secret")


def test_the_same_person_has_the_same_key_whatever_they_are_called() -> None:
    assert OURS.person_key(ASHA) == OURS.person_key(Person(platform="discord", id="1", name="Asha B."))
    assert len(OURS.person_key(ASHA)) == 32


def test_every_person_platform_vote_purpose_and_secret_has_another_key() -> None:
    elsewhere = Person(platform="telegram", id="1")
    keys = [
        *(secret.person_key(who) for secret in (OURS, OTHER) for who in (ASHA, BEN, elsewhere)),
        *(
            secret.voter_key(nonce, who)
            for secret in (OURS, OTHER)
            for nonce in ("n1", "n2")
            for who in (ASHA, BEN, elsewhere)
        ),
        *(secret.check_value(nonce) for secret in (OURS, OTHER) for nonce in ("n1", "n2")),
    ]
    assert len({key[:32] for key in keys}) == len(keys)


def test_a_voters_key_is_not_found_from_what_is_kept_of_the_person_or_the_vote() -> None:
    nonce = OURS.new_nonce()
    kept = (OURS.person_key(ASHA), OURS.check_value(nonce), nonce, ASHA.id)
    voter = OURS.voter_key(nonce, ASHA)
    for secret in kept:
        assert Secrecy(secret).voter_key(nonce, ASHA) != voter
        assert Secrecy(secret).voter_key(secret, ASHA) != voter


def test_without_the_nonce_a_vote_begins_anew() -> None:
    """Whoever has the secret key and a nonce of the same vote's id gets other keys for everyone."""
    first, second = OURS.new_nonce(), OURS.new_nonce()
    assert first != second
    assert OURS.voter_key(first, ASHA) != OURS.voter_key(second, ASHA)
    assert len(first) >= 32, "128 bits: not to be guessed"


def test_a_changed_secret_key_is_noticed_by_the_votes_check_value() -> None:
    nonce = OURS.new_nonce()
    assert OURS.fits(nonce, OURS.check_value(nonce))
    assert not OTHER.fits(nonce, OURS.check_value(nonce))
    assert not OURS.fits(OURS.new_nonce(), OURS.check_value(nonce))


@given(st.integers(0, 2**62 - 1), st.integers(0, 2**62 - 1))
def test_masked_numbers_keep_their_order_for_one_voter_and_fit_the_column(first: int, second: int) -> None:
    voter = OURS.voter_key("n", ASHA)
    masked = [OURS.masked("n", voter, seq) for seq in (first, second)]
    assert (masked[0] < masked[1]) == (first < second)
    assert all(0 <= number < 2**63 for number in masked)


def test_the_pad_of_every_voter_and_vote_is_another_so_times_cannot_be_compared() -> None:
    pads = {
        OURS.masked(nonce, OURS.voter_key(nonce, who), 0)
        for nonce in ("n1", "n2", "n3")
        for who in (ASHA, BEN)
    }
    assert len(pads) == 6
