"""What a presented token means: the table of the design, row by row."""

from dataclasses import dataclass

import pytest

from accounts.identity import (
    GRACE,
    KEPT,
    Meaning,
    Token,
    again,
    confirm,
    first,
    judge,
    mint,
    parse,
    present,
    rotate,
)

KEY, OTHER_KEY, HERE, THERE = "k" * 40, "n" * 40, "here", "there"
FAMILY, NONCE = "f" * 32, "0" * 32
NOW = 1_000_000.0


def history(rotations, confirmed=True):
    """A family after some rotations a second apart, and all tokens it ever issued."""
    family, token = first(7, FAMILY, NONCE, KEY)
    tokens = [token]
    for number in range(rotations):
        family, token = rotate(confirm(family), NOW + number * 1000, HERE, KEY)
        tokens.append(token)
    return (confirm(family) if confirmed else family), tokens


@dataclass(frozen=True)
class Row:
    """A row of the table in docs/identity.md: who presents what, and what must come of it."""

    presented: int  # index into the history: -1 the newest
    page_access: bool
    meaning: Meaning
    step: int  # by how much the family's generation goes up
    answer: int | None  # the answered token's generation, counted from the newest; None: no cookie
    confirmed: bool = True  # before
    confirmed_after: bool = True
    later: float = 0
    context: str = HERE


LATE = GRACE + 1
ROWS = {
    "A the newest, page": Row(-1, True, Meaning.NEWEST, 1, 1, confirmed_after=False),
    "A the newest, never shown before": Row(-1, True, Meaning.NEWEST, 1, 1, False, False),
    "A the newest, late and elsewhere": Row(-1, True, Meaning.NEWEST, 1, 1, True, False, 10**9, THERE),
    "B the newest, other": Row(-1, False, Meaning.NEWEST, 0, None, False, True),
    "B the newest, again": Row(-1, False, Meaning.NEWEST, 0, None),
    "C parent, page": Row(-2, True, Meaning.REPEAT, 0, 0, False, False),
    "C parent, other": Row(-2, False, Meaning.REPEAT, 0, 0, False, False),
    "C parent, late and elsewhere": Row(-2, True, Meaning.REPEAT, 0, 0, False, False, 10**9, THERE),
    "D under way, page": Row(-2, True, Meaning.REPEAT, 0, 0),
    "D under way, other": Row(-2, False, Meaning.REPEAT, 0, 0),
    "D several rotations ago": Row(-4, True, Meaning.REPEAT, 0, 0, False, False),
    "F out of grace": Row(-2, True, Meaning.REPLAY, 0, None, later=LATE),
    "F out of context": Row(-2, False, Meaning.REPLAY, 0, None, context=THERE),
    "F grandparent, out of grace": Row(-3, True, Meaning.REPLAY, 0, None, False, False, later=LATE),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_each_row_of_the_table(row):
    family, tokens = history(4, row.confirmed)
    now = family.spent[-1].at + row.later
    after, verdict = present(family, tokens[row.presented], now, row.context, row.page_access, [KEY])
    answer = verdict.token and verdict.token.generation - family.generation
    assert (verdict.meaning, after.generation - family.generation, answer) == (row.meaning, row.step, row.answer)
    assert after.confirmed is row.confirmed_after
    assert bool(after.suspect) is (row.meaning is Meaning.REPLAY)


def test_a_replay_leaves_the_newest_as_good_as_it_was():
    family, tokens = history(3)
    suspect, _ = present(family, tokens[0], NOW + 10**6, HERE, True, [KEY])
    assert present(suspect, tokens[-1], NOW + 10**6, HERE, True, [KEY])[1].meaning is Meaning.NEWEST


def test_only_the_first_replay_changes_the_family():
    family, tokens = history(3)
    suspect, _ = present(family, tokens[0], NOW + 10**6, HERE, True, [KEY])
    assert present(suspect, tokens[0], NOW + 10**7, THERE, False, [KEY])[0] == suspect


def test_a_generation_ahead_that_is_no_page_access_is_the_newest_from_now_on():
    family, _ = history(3)
    ahead = mint(7, FAMILY, NONCE, 9, KEY)
    adopted, verdict = present(family, ahead, NOW, HERE, False, [KEY])
    assert (adopted.generation, adopted.confirmed, verdict.token) == (9, True, None)
    assert judge(adopted, ahead, NOW, HERE) is Meaning.NEWEST


def test_a_consumed_one_is_served_for_a_while_in_its_context():
    family, tokens = history(3)
    consumed = family.spent[-1].at
    assert judge(family, tokens[-2], consumed + GRACE, HERE) is Meaning.REPEAT


def test_the_parents_death_follows_the_first_sight_of_the_newest():
    family, tokens = history(3, confirmed=False)
    late = NOW + 10**6
    assert judge(family, tokens[-2], late, HERE) is Meaning.REPEAT
    assert judge(confirm(family), tokens[-2], late, HERE) is Meaning.REPLAY


def test_a_generation_ahead_of_the_store_is_adopted():
    family, tokens = history(3)
    ahead = mint(7, FAMILY, NONCE, 9, KEY)
    adopted, verdict = present(family, ahead, NOW, HERE, True, [KEY])
    assert (verdict.meaning, adopted.generation, verdict.token.generation) == (Meaning.AHEAD, 10, 10)
    assert judge(adopted, ahead, NOW + 10**6, HERE) is Meaning.REPEAT  # its own reply may be lost
    assert judge(adopted, tokens[0], NOW + 10**6, HERE) is Meaning.REPLAY


def test_a_store_that_lost_its_last_second_makes_the_lost_generation_once_more():
    """The browser holds the lost one: were the second one another, this would be a replay."""
    family, _ = history(3)
    _, lost = rotate(family, NOW, HERE, KEY)
    again_made, _ = rotate(family, NOW + 5, HERE, KEY)
    assert judge(again_made, lost, NOW + 6, HERE) is Meaning.NEWEST


@pytest.mark.parametrize("generation", [2, 3, 4])
def test_a_right_generation_with_a_wrong_secret_is_a_replay(generation):
    family, _ = history(3)
    assert judge(family, Token(7, family.id, generation, "0" * 64), NOW, HERE) is Meaning.REPLAY


def test_only_so_many_hashes_are_kept():
    family, tokens = history(100)
    assert len(family.spent) == KEPT - 1
    assert judge(family, tokens[0], NOW, HERE) is Meaning.REPLAY


def test_the_same_newest_can_be_handed_out_again_though_only_its_hash_is_kept():
    family, tokens = history(3)
    assert again(family, [KEY]) == tokens[-1]
    assert tokens[-1].secret not in str(family)


def test_after_a_rotation_of_the_sites_key_the_old_one_derives_it():
    family, tokens = history(3)
    assert again(family, [OTHER_KEY, KEY]) == tokens[-1]
    assert again(family, [OTHER_KEY]) is None


def test_where_no_key_derives_the_newest_it_is_passed_over_and_its_holder_is_still_served():
    family, tokens = history(3, confirmed=False)
    after, verdict = present(family, tokens[-2], NOW, HERE, True, [OTHER_KEY])
    assert verdict.token.generation == after.generation == family.generation + 1
    assert judge(after, tokens[-1], NOW + 10**6, THERE) is Meaning.REPEAT


def test_every_token_is_another():
    _, tokens = history(50)
    assert len({token.secret for token in tokens}) == 51
    others = [mint(8, FAMILY, NONCE, 1, KEY), mint(7, FAMILY, "1" * 32, 1, KEY), mint(7, FAMILY, NONCE, 1, OTHER_KEY)]
    assert len({token.secret for token in [tokens[0], *others]}) == 4


def test_a_token_reads_back_from_its_cookie():
    token = mint(7, FAMILY, NONCE, 12, KEY)
    assert parse(str(token)) == token


@pytest.mark.parametrize(
    "value",
    [
        "",
        "v1",
        "v2.7.{f}.1.{s}",
        "v1.-7.{f}.1.{s}",
        "v1.7.{f}.1.{s}x",
        "v1.٧.{f}.1.{s}",
        "v1.7.{f}.1.short",
        "v1.7.{f}.1.{s}\n",
    ],
)
def test_what_is_no_token_is_none(value):
    assert parse(value.format(f="f" * 32, s="0" * 64)) is None


def test_confirming_twice_changes_nothing():
    family, _ = history(1)
    assert confirm(family) == family
