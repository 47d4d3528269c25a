"""Settings from the environment: what is read, and the one line that a wrong value gets."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from wewatch import env

SCHEMES = ("redis", "rediss", "unix")


@pytest.fixture
def given(monkeypatch):
    """Sets the variable X that the tests read."""
    monkeypatch.delenv("SECRET_KEY", raising=False)
    return lambda value, name="X": monkeypatch.setenv(name, value)


@pytest.mark.parametrize(("value", "read"), [(" a ", "a"), ("", "default"), ("   ", "default")])
def test_text_is_stripped_and_an_empty_one_is_unset(given, value, read):
    given(value)
    assert env.text("X", "default") == read


def test_words_are_split_at_commas_without_empty_ones(given):
    given(" a.example, b.example,, ")
    assert env.words("X") == ["a.example", "b.example"]


@pytest.mark.parametrize(("value", "read"), [("", 2), ("1", 1), ("64", 64), (" 8 ", 8)])
def test_a_whole_number_is_read(given, value, read):
    given(value)
    assert env.integer("X", 2, 1, 64) == read


@pytest.mark.parametrize("value", ["0", "65", "-1", "1.5", "many", "٣", "1e1", "²"])
def test_no_whole_number_or_one_out_of_bounds_is_refused(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="X must be a whole number from 1 to 64"):
        env.integer("X", 2, 1, 64)


@pytest.mark.parametrize(
    ("value", "read"), [("1", True), ("On", True), ("yes", True), ("0", False), ("FALSE", False), ("", False)]
)
def test_a_switch_is_read(given, value, read):
    given(value)
    assert env.boolean("X") is read


@pytest.mark.parametrize("value", ["2", "maybe", "ja"])
def test_a_switch_that_is_neither_is_refused(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="X must be 1 or 0"):
        env.boolean("X")


def test_a_word_that_is_no_choice_is_refused_with_the_choices(given):
    given("never")
    with pytest.raises(ImproperlyConfigured, match="X must be one of everysec, always, not 'never'"):
        env.choice("X", "everysec", ("everysec", "always"))


@pytest.mark.parametrize("value", ["redis://localhost:6379/0", "rediss://u:p@host", "unix:///run/redis.sock"])
def test_a_url_is_read(given, value):
    given(value)
    assert env.url("X", "", SCHEMES) == value


@pytest.mark.parametrize("value", ["http://host", "localhost:6379", "redis://", "redis://host:99999", "redis://[::1"])
def test_what_is_no_such_url_is_refused(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="X must start with redis:// or"):
        env.url("X", "", SCHEMES)


def test_a_token_is_read(given):
    given(" AIza-Sy_0 ")
    assert env.token("X") == "AIza-Sy_0"


@pytest.mark.parametrize("value", ["'AIza'", "AI za", "AIza\nHost: x", "é"])
def test_what_is_no_token_is_refused_and_not_shown(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="X must be made of letters") as refused:
        env.token("X")
    assert value not in str(refused.value)


def test_a_token_that_can_be_guessed_is_refused_and_none_at_all_is_not(given):
    given("x" * 19)
    with pytest.raises(ImproperlyConfigured, match="X must have at least 20 characters"):
        env.token("X", 20)
    given("")
    assert env.token("X", 20) == ""


def test_a_key_in_the_environment_is_used_and_no_file_is_made(given, tmp_path):
    given("k" * 32, "SECRET_KEY")
    assert env.secret_key(tmp_path / "key") == "k" * 32
    assert not (tmp_path / "key").exists()


def test_a_short_key_is_refused(given, tmp_path):
    given("short", "SECRET_KEY")
    with pytest.raises(ImproperlyConfigured, match="at least 32"):
        env.secret_key(tmp_path / "key")


def test_a_key_is_made_once_for_its_owner_alone(given, tmp_path):
    path = tmp_path / "data" / "key"
    assert env.secret_key(path) == env.secret_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == ["key"]


def test_first_starts_at_once_end_with_one_key(given, tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(env.secret_key, [tmp_path / "data" / "key"] * 8))
    assert len(set(keys)) == 1


def test_a_key_that_others_can_read_is_refused(given, tmp_path):
    env.secret_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        env.secret_key(tmp_path / "key")


def test_an_empty_key_file_is_refused(given, tmp_path):
    (tmp_path / "key").touch(0o600)
    with pytest.raises(ImproperlyConfigured, match="holds no key"):
        env.secret_key(tmp_path / "key")


def test_a_folder_that_cannot_hold_the_key_is_one_line(given, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match="cannot be kept"):
        env.secret_key(tmp_path / "file" / "key")


def test_stores_that_share_a_task_stand_in_a_list_in_which_sentinels_have_commas_of_their_own(given):
    given("redis://one, sentinel://two,three/main ,redis://:a,b@four")
    assert [store.place for store in env.stores("X", "")] == ["one", "main of two,three", "four"]


def test_a_cluster_is_a_store_only_for_what_can_be_in_one(given):
    given("cluster://one,two")
    assert env.store("X", "", cluster=True).kind == "cluster"
    for read in (env.store, env.stores):
        with pytest.raises(ImproperlyConfigured, match="X must name a Redis besides the cluster"):
            read("X", "")


def test_a_store_that_is_none_is_named_with_what_is_wrong(given):
    given("redis://ada:secret@one:seven")
    with pytest.raises(ImproperlyConfigured, match=r"^X names a host or a port that cannot be one\.$"):
        env.store("X", "")
