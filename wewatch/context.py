"""What every template knows."""

from functools import cache

from django.templatetags.static import static


@cache
def _icons() -> str:
    return static("icons.svg")  # looked up once: a page names it thirty times


def icons(request) -> dict[str, str]:
    """Where the sprite of icons is."""
    return {"icons": _icons()}
