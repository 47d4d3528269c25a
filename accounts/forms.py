"""The form behind the name and colour."""

from django import forms

from accounts import names
from accounts.identity import PALETTE


class ProfileForm(forms.Form):
    """Either field may be left out; what is there must be right."""

    name = forms.CharField(required=False, max_length=1000, strip=False)
    color = forms.ChoiceField(
        required=False,
        choices=[(color, color) for color in PALETTE],
        error_messages={"invalid_choice": "Choose one of the colours shown."},
    )

    def clean_name(self) -> str:
        """The name as it will be shown, or the sentence why not."""
        if "name" not in self.data:
            return ""
        try:
            return names.checked(self.cleaned_data["name"])
        except names.BadName as error:
            raise forms.ValidationError(str(error)) from error

    def changes(self) -> dict[str, str]:
        """What is to change."""
        return {field: value for field, value in self.cleaned_data.items() if value}
