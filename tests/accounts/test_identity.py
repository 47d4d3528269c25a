"""What a presented token means: the table of the design, row by row."""

from dataclasses import replace

import pytest

from accounts.identity import GRACE, KEPT, Meaning, Token, again, confirm, first, hashed, judge, mint, parse, rotate

KEY, HERE, THERE = "k" * 40, "here", "there"
NOW = 1_000_000.0


def history(rotations, confirmed=True):
    """A family after some rotations a second apart, and all tokens it ever issued."""
    family, token = first(7, "f" * 32, KEY)
    tokens = [token]
    for number in range(rotations):
        family, token = rotate(confirm(family), token, NOW + number * 1000, HERE, KEY)
        tokens.append(token)
    return (confirm(family) if confirmed else family), tokens


def test_the_newest_is_the_newest():
    family, tokens = history(3)
    assert judge(family, tokens[-1], NOW, HERE) is Meaning.NEWEST


def test_the_parent_of_an_unconfirmed_newest_is_served_at_any_time_and_anywhere():
    family, tokens = history(3, confirmed=False)
    assert judge(family, tokens[-2], NOW + 10**9, THERE) is Meaning.REPEAT


def test_a_consumed_one_is_served_for_a_while_in_its_context():
    family, tokens = history(3)
    consumed = family.spent[-1].at
    assert judge(family, tokens[-2], consumed + GRACE, HERE) is Meaning.REPEAT


def test_one_of_several_rotations_ago_is_served_for_the_same_while():
    family, tokens = history(5, confirmed=False)
    assert judge(family, tokens[0], NOW + GRACE, HERE) is Meaning.REPEAT


@pytest.mark.parametrize(("later", "context"), [(GRACE + 1, HERE), (1, THERE)])
def test_a_consumed_one_out_of_grace_or_context_is_a_replay(later, context):
    family, tokens = history(3)
    assert judge(family, tokens[-2], family.spent[-1].at + later, context) is Meaning.REPLAY


def test_the_parents_death_follows_the_first_sight_of_the_newest():
    family, tokens = history(3, confirmed=False)
    late = NOW + 10**6
    assert judge(family, tokens[-2], late, HERE) is Meaning.REPEAT
    assert judge(confirm(family), tokens[-2], late, HERE) is Meaning.REPLAY


def test_a_generation_ahead_of_the_store_is_adopted():
    family, tokens = history(3)
    ahead = mint(7, family.id, 9, KEY)
    assert judge(family, ahead, NOW, HERE) is Meaning.AHEAD
    adopted, issued = rotate(family, ahead, NOW, HERE, KEY)
    assert (adopted.generation, issued.generation) == (10, 10)
    assert judge(adopted, tokens[0], NOW + 10**6, HERE) is Meaning.REPLAY


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
    assert again(family, ["n" * 40, KEY]) == tokens[-1]
    assert again(family, ["n" * 40]) is None


def test_every_token_is_another():
    _, tokens = history(50)
    assert len({token.secret for token in tokens}) == 51
    assert mint(8, "f" * 32, 1, KEY).secret != mint(7, "f" * 32, 1, KEY).secret


def test_a_token_reads_back_from_its_cookie():
    token = mint(7, "f" * 32, 12, KEY)
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
    assert replace(family, hash=hashed("x")) != family
