"""The rooms app: it listens to accounts for devices that are logged out."""

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    """Connects the signal once Django is ready."""

    name = "rooms"

    def ready(self) -> None:
        """A device that is logged out loses its sockets."""
        from accounts.signals import family_ended
        from rooms.signals import close_sockets

        family_ended.connect(close_sockets)
