"""The sitemap of accounts."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("logout/", views.logout, name="logout"),
]
