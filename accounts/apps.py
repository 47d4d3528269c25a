"""The accounts app: who is this browser?"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Its name in the admin tells its users from the staff."""

    name = "accounts"
    verbose_name = "People who watch"
