"""Static files, served before Django sees the request: no cookie, no user, no middleware."""

import os.path
from contextlib import suppress

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from whitenoise import WhiteNoise

CHUNK = 256 * 1024  # bytes read and sent at once
PREFIX = f"/{settings.STATIC_URL.strip('/')}/"


class StaticFiles:
    """ASGI: WhiteNoise's table of files (types, compression, caching) under the static URL, `inner` for the rest."""

    def __init__(self, inner) -> None:
        self._inner = inner
        self._files = WhiteNoise(None, max_age=60, immutable_file_test=r"^.+\.[0-9a-f]{12}\..+$|^.+-[0-9A-Z]{8}\..+$")
        self._files.add_files(str(settings.STATIC_ROOT), prefix=PREFIX)

    async def __call__(self, scope, receive, send) -> None:
        found = self._find(scope["path"]) if scope["path"].startswith(PREFIX) else None
        if found is None or scope["method"] not in ("GET", "HEAD"):
            await self._inner(scope, receive, send)
            return
        names = {f"HTTP_{name.decode('latin1').upper().replace('-', '_')}": value for name, value in scope["headers"]}
        environ = {name: value.decode("latin1") for name, value in names.items()}
        response = found.get_response(scope["method"], environ)
        headers = [(name.lower().encode(), value.encode("latin1")) for name, value in response.headers]
        headers.append((b"x-content-type-options", b"nosniff"))
        await send({"type": "http.response.start", "status": response.status.value, "headers": headers})
        body = response.file
        try:
            while body and (chunk := await sync_to_async(body.read, thread_sensitive=False)(CHUNK)):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        finally:
            if body:
                body.close()
        await send({"type": "http.response.body", "body": b""})

    def _find(self, path: str):
        """The file, also one that came later: of the next version, whose pages another worker serves."""
        place = path.removeprefix(PREFIX)
        if path not in self._files.files and place == os.path.normpath(place):  # one name for each file
            with suppress(SuspiciousFileOperation, ValueError, OSError):
                file = safe_join(settings.STATIC_ROOT, place)
                if os.path.isfile(file):
                    self._files.add_file_to_dictionary(path, file)
        return self._files.files.get(path)
