"""Settings from the environment; docs/configuration.md lists every variable with its default."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from wewatch import embedded, env, stores

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "data"))).resolve()

DEBUG = env.boolean("DEBUG")
SECRET_KEY = env.secret_key(DATA_DIR / "secret-key")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

PUBLIC_URL = env.url("PUBLIC_URL", "", ("http", "https")) if env.text("PUBLIC_URL") else ""
HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name hosts: with * any site could open a viewer's socket.")
if PUBLIC_URL:
    ALLOWED_HOSTS.append(urlsplit(PUBLIC_URL).hostname)
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0, 0, 10)
LEAVE_NOTICE = env.integer("LEAVE_NOTICE", 0, 0, 60)  # seconds between SIGTERM and the last new line

# The store. Without REDIS_URL it is the embedded one, which `make run` or `make redis` starts.
EMBEDDED_STORE = not env.text("REDIS_URL")
REDIS_URL = env.text("REDIS_URL", f"unix://{embedded.socket_path(DATA_DIR)}")
STORE = env.store("REDIS_URL", REDIS_URL, cluster=True)
# What goes from worker to worker, on one Redis or shared by several, and Django's cache.
LAYER_STORES = env.stores("LAYER_URL", REDIS_URL)
CACHE_STORE = (
    LAYER_STORES[0] if STORE.kind == "cluster" and not env.text("CACHE_URL") else env.store("CACHE_URL", REDIS_URL)
)
STORE_FSYNC = env.choice("STORE_FSYNC", "everysec", ("everysec", "always"))

# Bounds; `security.md` of the design calls them flood limits.
MAX_VIEWERS = env.integer("MAX_VIEWERS", 200, 1, 100_000)  # sockets in one room
MAX_SOCKETS_PER_ADDRESS = env.integer("MAX_SOCKETS_PER_ADDRESS", 20, 1, 100_000)
MAX_SOCKETS_PER_USER = env.integer("MAX_SOCKETS_PER_USER", 10, 1, 100_000)
DISK_RESERVE = env.integer("DISK_RESERVE", 200, 0, 1_000_000)  # MB of the embedded store's disk
ROOM_KEEP_DAYS = env.integer("ROOM_KEEP_DAYS", 0, 0, 36_500)  # without a visit; 0: as long as the owner stays
MEDIA_HOSTS = env.words("MEDIA_HOSTS")  # CSP sources films may come from; empty: any

METRICS_TOKEN = env.token("METRICS_TOKEN", 20)  # who presents it may read /metrics; empty: nobody

# Where titles are asked for: YouTube itself, or what stands in for it in a test or a mirror.
YOUTUBE_URL = env.url("YOUTUBE_URL", "https://www.youtube.com", ("https", "http"))
YOUTUBE_API_URL = env.url("YOUTUBE_API_URL", "https://www.googleapis.com/youtube/v3", ("https", "http"))
YOUTUBE_API_KEY = env.token("YOUTUBE_API_KEY")  # brings whole lists and search

INSTALLED_APPS = [
    "wewatch.staff.apps.StaffAdminConfig",  # django.contrib.admin with a site of ours
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "accounts",
    "rooms",
    "wewatch.safety",
    "wewatch.staff.apps.StaffConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.account_middleware",
]
ROOT_URLCONF = "wewatch.urls"
ASGI_APPLICATION = "wewatch.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wewatch.context.icons",
            ],
            "libraries": {"scripts": "wewatch.scripts"},
        },
    }
]

# SQL holds Django's own staff accounts and nothing else.
try:
    DATABASES = {"default": dj_database_url.parse(env.text("DATABASE_URL", f"sqlite:///{DATA_DIR}/staff.sqlite3"))}
except (ValueError, KeyError) as error:
    raise ImproperlyConfigured("DATABASE_URL must look like postgres://user:password@host/name.") from error
AUTH_PASSWORD_VALIDATORS = [  # of the staff; nobody else has a password
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": stores.cache(CACHE_STORE)}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"  # staff only
SESSION_COOKIE_AGE = 2 * 60 * 60  # seconds
CHANNEL_LAYERS = {
    "default": {
        # Pub/sub drops nothing by count and outlives a restart of Redis.
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [stores.layer_host(store) for store in LAYER_STORES], "prefix": "ww:layer"},
    }
}

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "build" / "static"]  # what the front-end build writes
STATIC_ROOT = BASE_DIR / "build" / "collected"
SCRIPTS = BASE_DIR / "build" / "scripts.json"  # which files belong to a module, of the same build
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
CSRF_FAILURE_VIEW = "wewatch.views.csrf_failure"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # YouTube refuses to play with "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin-allow-popups"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# A worker speaks plain http; by what a request really came, only a proxy of ours knows.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and TRUSTED_PROXIES else None
SILENCED_SYSTEM_CHECKS = [
    # From http to https the proxy leads, which has both ports. A worker that did it would send browsers in circles
    # wherever a proxy does not tell it the scheme; and it would not do it for sockets and static files.
    "security.W008",
    # Whether all hosts below PUBLIC_URL's serve https, only their owner knows; a preload list is left after months.
    "security.W005",
    "security.W021",
]
X_FRAME_OPTIONS = "DENY"

YOUTUBE = ["https://www.youtube.com", "https://www.youtube-nocookie.com"]
MEDIA = MEDIA_HOSTS or ["https:", "http:"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, "https://www.youtube.com"],
        "style-src": [SELF, "'unsafe-inline'"],  # media-chrome writes style elements
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF, "blob:", *MEDIA],
        "frame-src": YOUTUBE,
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = "UTC"
LOG_FORMAT = env.choice("LOG_FORMAT", "line", ("line", "json"))
LOG_LEVEL = env.choice("LOG_LEVEL", "warning", ("debug", "info", "warning", "error"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "wewatch.logs.Line", "format": "{asctime} {levelname} {name}{trace}: {message}", "style": "{"},
        "json": {"()": "wewatch.logs.Json"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT},
        "errors": {"class": "wewatch.metrics.Errors", "level": "ERROR"},
        "pulse": {"class": "wewatch.pulse.CountErrors", "level": "ERROR"},
    },
    # The level is that of our own parts. Libraries say below a warning what no log may hold, as whole URLs with a key.
    "loggers": {name: {"level": LOG_LEVEL.upper()} for name in ("wewatch", "rooms", "accounts")},
    "root": {"handlers": ["console", "errors", "pulse"], "level": "ERROR" if LOG_LEVEL == "error" else "WARNING"},
}
