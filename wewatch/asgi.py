"""The ASGI application: probes, metrics, static files, pages, and sockets behind the origin check and the account."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wewatch.settings")
pages = get_asgi_application()  # before the imports below: it loads the apps

from accounts.middleware import AccountSocket  # noqa: E402
from rooms.routing import websocket_urlpatterns  # noqa: E402
from wewatch import warm  # noqa: E402
from wewatch.middleware import SameOrigin, SocketFailClosed  # noqa: E402
from wewatch.probes import Probes  # noqa: E402
from wewatch.scrape import Scrape  # noqa: E402
from wewatch.static import StaticFiles  # noqa: E402
from wewatch.trace import Trace  # noqa: E402

application = Trace(
    ProtocolTypeRouter(
        {
            "http": Probes(Scrape(StaticFiles(pages))),
            "websocket": SocketFailClosed(SameOrigin(AccountSocket(URLRouter(websocket_urlpatterns)))),
        }
    )
)
warm.up()
