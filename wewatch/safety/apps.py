"""The app of backup and sweep."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Gives the upkeep of the rooms one more chore once Django is ready: it knows nothing of the sweep otherwise."""

    name = "wewatch.safety"

    def ready(self) -> None:
        """Workers sweep by turns."""
        from rooms.services import upkeep
        from wewatch.safety import sweep

        upkeep.EVERY[sweep.sweeps] = float(sweep.EVERY)
