"""Forms of the room pages."""

from django import forms

from rooms.domain.sources import URL_LENGTH


class AddVideoForm(forms.Form):
    """The one field of the home page."""

    url = forms.CharField(
        label="Link to a video",
        max_length=URL_LENGTH,
        error_messages={
            "required": "Paste a link to a video first.",
            "max_length": f"This link is too long: {URL_LENGTH} characters at most.",
        },
    )
