"""What Django's admin needs to know of rooms: a name and permissions. Rooms are in Redis; there is no table."""

from django.db import models


class Room(models.Model):
    """A room, as the admin names one."""

    id = models.BigIntegerField(primary_key=True)

    class Meta:
        managed = False
        default_permissions = ("view", "delete")
        permissions = (
            ("close_room", "Can close a room and open it again"),
            ("stop_playback", "Can end the playback of a room"),
            ("kick_viewer", "Can kick somebody out of a room"),
            ("ban_viewer", "Can ban somebody from a room, and let them back in"),
        )

    def __str__(self) -> str:
        return f"Room {self.pk}"
