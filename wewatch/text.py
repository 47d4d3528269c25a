"""Text from outside, made safe to show: normal form, no invisible or direction-changing characters."""

import re
import unicodedata

MARKS = 3  # combining marks on one character
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a symbol by their category, and yet nothing to see
JOINERS = "\u200c\u200d"  # what Persian words and families of emoji are put together with
LOOSE = re.compile(rf"(?:^|(?<=[\s{JOINERS}]))[{JOINERS}]+|[{JOINERS}]+(?=\s|$)")  # joiners that join nothing


def clean(text: str, limit: int, joiners: bool = False) -> str:
    """The text in NFC on one line, without control, bidi and other invisible characters, cut to `limit`.

    With `joiners` a joiner stays between two characters that show something.
    """
    kept, marks = [], 0
    # What shows nothing goes first: it would part a pile of marks, or a letter from its mark.
    shown = "".join(char for char in text if not _hidden(char) or (joiners and char in JOINERS))
    for char in unicodedata.normalize("NFC", shown):
        if char in JOINERS:  # which begins no new pile of marks
            kept.append(char)
            continue
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= MARKS:
            kept.append(" " if category[0] in "ZC" else char)
    # Only now it shows which joiners join nothing; the cut may leave one more at the end.
    joined = LOOSE.sub("", "".join(kept))
    return re.sub(r" +", " ", joined).strip()[:limit].rstrip(f" {JOINERS}")


def _hidden(char: str) -> bool:
    return char in FILLERS or unicodedata.category(char) in {"Cf", "Cs", "Co", "Cn"}
