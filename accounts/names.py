"""Friendly names: one for each newcomer, and what a name may be."""

import secrets
import unicodedata

from wewatch.text import clean

LENGTH = 40  # characters
FIRST = """
    Bold Brave Breezy Bright Calm Cheerful Clever Cosy Curious Dapper Dreamy Eager Fair Fond Gentle Giddy Glad
    Golden Happy Honest Jolly Keen Kind Lively Lucky Mellow Merry Mighty Nimble Noble Patient Plucky Polite Proud
    Quick Quiet Rosy Shiny Sleepy Snug Spry Starry Sunny Swift Tidy Warm Wise Witty Zesty
""".split()  # noqa: SIM905
SECOND = """
    Badger Bear Beaver Bison Crane Deer Dolphin Eagle Falcon Ferret Finch Fox Gecko Hare Hedgehog Heron Ibex Jay
    Koala Lark Lemur Lion Lynx Magpie Marten Mole Moose Newt Otter Owl Panda Penguin Pigeon Puffin Quail Raven
    Robin Salmon Seal Sparrow Squirrel Stork Swan Tapir Tiger Toad Turtle Walrus Wombat Wren
""".split()  # noqa: SIM905


TAKEN = {"the staff", "the room"}  # as a room's log names who is no user


class BadName(ValueError):
    """The text is no name; its message says what to do."""


def generated() -> str:
    """A name like `Quiet Otter`."""
    return f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}"


def checked(text: str) -> str:
    """The name as it will be shown. Raises BadName."""
    name = clean(text, 1000)
    if all(unicodedata.category(char)[0] in "MZ" for char in name):
        raise BadName("A name needs at least one visible character.")
    if name.casefold() in TAKEN:
        raise BadName("That is what rooms call somebody else. Choose another name.")
    if len(name) > LENGTH:
        raise BadName(f"A name may have {LENGTH} characters; this one has {len(name)}.")
    return name
