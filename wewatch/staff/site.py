"""The admin's site: its name, and a dashboard on its index that keeps itself fresh."""

from asgiref.sync import async_to_sync
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from wewatch.staff import dashboard

OURS = ("rooms", "accounts")


class StaffSite(admin.AdminSite):
    """What the staff sees at /admin/."""

    site_header = "We Watch"
    site_title = "We Watch"
    index_title = "Behind the scenes"

    def get_urls(self) -> list:
        """The dashboard's figures beside all else."""
        return [path("pulse/", self.admin_view(require_safe(self.pulse)), name="pulse"), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The index, with the figures as they are now."""
        tiles = async_to_sync(dashboard.tiles)()
        return super().index(request, {**(extra_context or {}), "tiles": tiles})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """What is ours before what is Django's."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: OURS.index(app["app_label"]) if app["app_label"] in OURS else len(OURS))

    def pulse(self, request: HttpRequest) -> JsonResponse:
        """The figures for the script of the dashboard."""
        return JsonResponse({tile.name: tile.text for tile in async_to_sync(dashboard.tiles)()})
