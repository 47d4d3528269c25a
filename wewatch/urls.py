"""The HTTP sitemap."""

from django.contrib import admin
from django.urls import include, path

from wewatch.views import staff_login

urlpatterns = [
    path("admin/login/", staff_login),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("rooms.urls")),
]
handler403 = "wewatch.views.forbidden"
handler404 = "wewatch.views.not_found"
handler500 = "wewatch.views.server_error"
