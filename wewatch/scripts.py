"""The template tag for a page's script: what it imports is named in the page, so a browser fetches it all at once.

Without that it would learn of each file from the one before: over a line of 100 ms a player would come 0.23 s later.
"""

import json
from functools import cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def script(page: str, *soon: str) -> SafeString:
    """The script of a page, as `room`; `soon` are modules that it will import on its own, as `players/native`."""
    entry, *others = dict.fromkeys(file for module in (page, *soon) for file in files()[module])
    # The modules name each other as the bundle does, without the hash that Django adds to the entry.
    links = format_html_join(
        "\n", '<link rel="modulepreload" href="{}{}">', ((settings.STATIC_URL, other) for other in others)
    )
    return format_html('{}\n<script type="module" src="{}"></script>', links, static(entry))


@cache
def files() -> dict[str, list[str]]:
    """The files of each module, the module itself first."""
    return json.loads(settings.SCRIPTS.read_text())
