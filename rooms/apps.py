"""The rooms app: it listens to accounts for devices that are logged out, and brings our deployment checks."""

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    """Connects the signal once Django is ready."""

    name = "rooms"

    def ready(self) -> None:
        """A device that is logged out loses its sockets; importing the checks registers them."""
        from accounts.signals import family_ended
        from rooms.signals import close_sockets
        from wewatch import checks  # noqa: F401

        family_ended.connect(close_sockets)
