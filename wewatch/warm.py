"""What a worker reads before it serves, so that all it shows is of one version while its folder gets the next."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import get_resolver

from wewatch import scripts


def up() -> None:
    """Read the views, our templates (Django keeps them), the names of static files, and which belong to a script.

    Raises ImproperlyConfigured where these are not built.
    """
    get_resolver().url_patterns  # noqa: B018 -- imports them
    for folder in map(Path, settings.TEMPLATES[0]["DIRS"]):
        for path in folder.rglob("*.html"):
            get_template(str(path.relative_to(folder)))
    try:
        static("icons.svg")  # reads the names of all
        scripts.files()
    except (ValueError, OSError) as error:
        raise ImproperlyConfigured(f"the static files are not built ({error}). Run make init.") from error
