"""What Django's admin shows of We Watch."""

from django.contrib import admin

from accounts.models import User
from rooms.models import Room
from wewatch.staff.rooms import RoomAdmin
from wewatch.staff.users import UserAdmin

admin.site.register(Room, RoomAdmin)
admin.site.register(User, UserAdmin)
