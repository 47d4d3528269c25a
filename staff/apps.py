"""The staff's app: Django's admin with a site of ours, over what is in Redis."""

import logging

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin, under our site."""

    default_site = "staff.site.StaffSite"


class StaffConfig(AppConfig):
    """Registers rooms and users with the admin, and lets errors be counted for its dashboard."""

    name = "staff"

    def ready(self) -> None:
        """Count what is logged as an error."""
        from wewatch.pulse import CountErrors

        logging.getLogger().addHandler(CountErrors())
