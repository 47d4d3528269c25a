"""The sitemap of sockets."""

from django.urls import path

from rooms.consumers import RoomSocket

websocket_urlpatterns = [
    path("ws/watch/<int:room_id>/", RoomSocket.as_asgi()),
    path("ws/join/<str:key>/", RoomSocket.as_asgi()),
]
