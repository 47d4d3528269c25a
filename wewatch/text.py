"""Text from outside, made safe to show: normal form, no invisible or direction-changing characters."""

import re
import unicodedata

MARKS = 3  # combining marks on one character


def clean(text: str, limit: int) -> str:
    """The text in NFC on one line, without control, bidi and other invisible characters, cut to `limit`."""
    kept, marks = [], 0
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MARKS or category in {"Cf", "Cs", "Co", "Cn"}:
            continue
        kept.append(" " if category[0] in "ZC" else char)
    return re.sub(r" +", " ", "".join(kept)).strip()[:limit].strip()
