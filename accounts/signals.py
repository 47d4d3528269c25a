"""What accounts tells whoever listens."""

from django.dispatch import Signal

family_ended = Signal()  # user_id, family: a device was logged out
