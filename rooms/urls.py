"""The sitemap of room pages."""

from django.urls import path

from rooms import views

app_name = "rooms"
urlpatterns = [
    path("", views.home, name="home"),
    path("watch/<int:room_id>/", views.watch, name="watch"),
    path("watch/<int:room_id>/delete/", views.delete, name="delete"),
    path("join/<str:key>/", views.join, name="join"),
]
