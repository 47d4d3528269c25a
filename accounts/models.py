"""What Django's admin needs to know of users: a name and permissions. Users are in Redis; there is no table."""

from django.db import models


class User(models.Model):
    """Somebody who watches, as the admin names one; the staff's own accounts are Django's."""

    id = models.BigIntegerField(primary_key=True)

    class Meta:
        managed = False
        default_permissions = ("view", "delete")
        permissions = (
            ("end_devices", "Can end the devices of a user"),
            ("export_user", "Can export all that is kept of a user"),
        )

    def __str__(self) -> str:
        return f"User {self.pk}"
