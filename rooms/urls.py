"""The sitemap of the pages of rooms, the library and playlists."""

from django.urls import path, re_path

from rooms.views import library, playlists, rooms, shared

app_name = "rooms"
ACT = "|".join(playlists.ACTS)
urlpatterns = [
    path("", rooms.home, name="home"),
    path("watch/<int:room_id>/", rooms.watch, name="watch"),
    path("watch/<int:room_id>/delete/", rooms.delete, name="delete"),
    path("join/<str:key>/", rooms.join, name="join"),
    path("library/", library.library, name="library"),
    re_path(r"^library/(?P<name>liked|later)/$", library.shelf, name="shelf"),
    path("library/history/", library.history, name="history"),
    path("library/history/clear/", library.clear, name="clear-history"),
    path("library/history/switch/", library.switch, name="switch-history"),
    path("library/rooms/", library.rooms, name="rooms"),
    path("library/places/", library.places, name="places"),
    path("library/search/", library.search, name="search"),
    path("library/save/", library.save, name="save"),
    path("library/drop/", library.drop, name="drop"),
    path("library/again/", library.again, name="again"),
    path("playlists/", playlists.playlists, name="playlists"),
    path("playlists/new/", playlists.create, name="new-playlist"),
    path("playlist/<slug:playlist_id>/", playlists.playlist, name="playlist"),
    re_path(rf"^playlist/(?P<playlist_id>[-\w]+)/(?P<act>{ACT})/$", playlists.act, name="act"),
    re_path(r"^playlist/(?P<playlist_id>[-\w]+)/export\.(?P<ending>json|m3u8|txt)$", playlists.export, name="export"),
    path("shared/<str:key>/", shared.shared, name="shared"),
    path("shared/<str:key>/copy/", shared.copy, name="copy-shared"),
    path("shared/<str:key>/start/", shared.start, name="start-shared"),
]
