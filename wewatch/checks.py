"""What `manage.py check --deploy` says besides Django's own checks."""

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def behind_a_proxy(app_configs, **kwargs) -> list[Warning]:
    """A worker speaks plain http: whoever is found by https stands behind a proxy, and must say so."""
    if not settings.HTTPS or settings.TRUSTED_PROXIES:
        return []
    return [
        Warning(
            "PUBLIC_URL is https, but TRUSTED_PROXIES is 0.",
            hint="Set it to the number of proxies: else all viewers have one address, and HSTS is not sent.",
            id="wewatch.W001",
        )
    ]
