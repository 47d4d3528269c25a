"""The staff's app: Django's admin with a site of ours, over what is in Redis."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin, under our site."""

    default_site = "wewatch.staff.site.StaffSite"


class StaffConfig(AppConfig):
    """Registers rooms and users with the admin."""

    name = "wewatch.staff"
