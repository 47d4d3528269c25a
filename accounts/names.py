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
# Letters, symbols and marks by their category, and yet nothing to see: fillers, blanks, variation selectors.
BLANK = {chr(code) for code in (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFE0E, 0xFE0F, 0xFFA0)}


class BadName(ValueError):
    """The text is no name; its message says what to do."""


def generated() -> str:
    """A name like `Quiet Otter`."""
    return f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}"


def checked(text: str) -> str:
    """The name as it will be shown. Raises BadName."""
    name = clean("".join(char for char in text if not _invisible(char)), 1000)
    if not name:
        raise BadName("A name needs at least one visible character.")
    if len(name) > LENGTH:
        raise BadName(f"A name may have {LENGTH} characters; this one has {len(name)}.")
    return name


def _invisible(char: str) -> bool:
    """Whether a character only hides: taken out first, so that it does not part a pile of combining marks."""
    return char in BLANK or unicodedata.category(char) == "Cf"
