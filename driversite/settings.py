"""One settings file. What differs between machines comes first, read once and typed, from the environment or `.env`."""

from pathlib import Path
from urllib.parse import quote, urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import html_tags
from js_asset import static_lazy
from whitenoise.compress import Compressor

from driversite.environment import backing, mail
from driversite.environment.places import misplaced
from driversite.environment.reading import read, refuse, typed
from driversite.environment.refusals import ONLY_FOR_DEBUG, host_of, unsafe, unusable

BASE_DIR = Path(__file__).resolve().parent.parent

# ---- What differs between machines ---------------------------------------------------------------------------

env = environ.Env()
read(env, BASE_DIR / ".env")

DEBUG = typed(env, "bool", "DEBUG", False, "true or false")
SECRET_KEY = typed(env, "str", "SECRET_KEY", ONLY_FOR_DEBUG if DEBUG else "", "50 random characters")
ALLOWED_HOSTS = typed(
    env,
    "list",
    "ALLOWED_HOSTS",
    ["127.0.0.1", "localhost", "[::1]"] if DEBUG else [],
    "www.example.org,example.org",
)
SITE_URL = typed(
    env, "str", "SITE_URL", "http://127.0.0.1:8000" if DEBUG else "", "https://www.example.org"
).rstrip("/")
DATABASE_URL = typed(
    env, "str", "DATABASE_URL", f"sqlite:///{quote(str(BASE_DIR / 'db.sqlite3'))}", backing.DATABASE_EXAMPLE
)
CACHE_URL = typed(env, "str", "CACHE_URL", "locmemcache://", backing.CACHE_EXAMPLE)
STORAGE_URL = typed(env, "str", "STORAGE_URL", "", backing.EXAMPLE)
PURGE_URLS = backing.purge_calls(typed(env, "str", "PURGE_URLS", "", backing.PURGE_EXAMPLE))
EMAIL_URL = typed(env, "str", "EMAIL_URL", "consolemail://", mail.EXAMPLE)
DEFAULT_FROM_EMAIL = typed(
    env, "str", "MAIL_FROM", f"newsroom@{host_of(SITE_URL) or 'localhost'}", "newsroom@example.org"
)
STATE_ROOT = typed(
    env, "folder", "STATE_ROOT", str(BASE_DIR / "build" / "state"), "/srv/driversite/data/state"
)
MEDIA_ROOT = typed(env, "folder", "MEDIA_ROOT", str(BASE_DIR / "media"), "/srv/driversite/data/media")
STATIC_ROOT = typed(
    env, "folder", "STATIC_ROOT", str(BASE_DIR / "build" / "static"), "/srv/driversite/static"
)
STATISTICS_URL = typed(env, "str", "STATISTICS_URL", "", "https://statistics.example.org/script.js")
LOG_LEVEL = typed(env, "str", "LOG_LEVEL", "INFO", "INFO").upper()

HTTPS = SITE_URL.startswith("https://")

refuse(
    unusable(
        site_url=SITE_URL, statistics_url=STATISTICS_URL, mail_from=DEFAULT_FROM_EMAIL, log_level=LOG_LEVEL
    )
)
if not DEBUG:
    refuse(unsafe(secret_key=SECRET_KEY, allowed_hosts=ALLOWED_HOSTS, site_url=SITE_URL))

DATABASES = {"default": backing.database(DATABASE_URL)}
DATABASE_FILE = DATABASES["default"]["NAME"] if DATABASE_URL.startswith("sqlite") else ""
CACHES = {
    "default": backing.cache(CACHE_URL),
    # Small things that every page needs; driversite/pages/ clears it when something has changed.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
refuse(
    misplaced(
        {"STATE_ROOT": STATE_ROOT, "MEDIA_ROOT": MEDIA_ROOT, "STATIC_ROOT": STATIC_ROOT},
        BASE_DIR,
        DATABASE_FILE,
    )
)

EMAIL = mail.read(EMAIL_URL)
EMAIL_BACKEND = EMAIL["backend"]
EMAIL_HOST, EMAIL_PORT = EMAIL["host"], EMAIL["port"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["user"], EMAIL["password"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL["tls"], EMAIL["ssl"]
# A server that does not answer does not hold up for long what else waits to be done.
EMAIL_TIMEOUT = 10

# ---- What is the same everywhere -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "driversite",
    "news",
    "sponsors",
    "driversite.office.OfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "cookie_consent",
    "csp",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "js_asset",
    "reversion",
]

MIDDLEWARE = [
    "driversite.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "driversite.methods.MethodsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "driversite.packing.PackingMiddleware",
    "driversite.security.SecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "driversite.languages.LanguageMiddleware",
    "driversite.missing.MissingPageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "driversite.profile.ProfileMiddleware",
    "driversite.consent.CleanCookiesMiddleware",
]

# What no request waits for (news/tasks.py) lies in the database until `manage.py tasks` does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

ROOT_URLCONF = "driversite.urls"
WSGI_APPLICATION = "driversite.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "driversite.profile.site",
                "driversite.consent.banner",
            ],
        },
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

# German has no prefix and is the language of every address without one.
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "driversite" / "locale"]
FORMAT_MODULE_PATH = ["driversite.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

STATIC_URL = "static/"
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
# Nobody but a developer's tools asks for a source map, and to pack the editor's takes as long as all the rest.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
MEDIA_URL = "media/"
# What the newsroom's text editor has of its own; what of it may be stored is decided in news/html.py.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("js/admin/editor/index.js")],
        "extensions": dict.fromkeys(
            ["Story", "Toolbar", "Quote", "QuoteText", "QuoteSpeaker", "Paste", "Tidy", "Embed", "Box"],
            html_tags([]),
        ),
    }
]
STORAGES = {
    "default": backing.storage(STORAGE_URL),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Pictures are re-encoded and may be large; whatever is larger than this is refused with a sentence.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o644

# ---- Security ------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# Cookies of the back room stay there: a public page never sees them, so it cannot depend on them.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = "/admin/"
CSRF_FAILURE_VIEW = "driversite.trouble.form_has_expired"
X_FRAME_OPTIONS = "DENY"

STATISTICS_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(STATISTICS_URL)) if STATISTICS_URL else None
PICTURE_SOURCES = backing.sources(STORAGES["default"])
# Players that an editor may link to; their frames load only after the visitor said yes.
VIDEO_ORIGINS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]
# Public pages are the same bytes for everyone, so they carry no nonce: nothing inline is allowed at all.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, *filter(None, [STATISTICS_ORIGIN])],
        "style-src": [SELF],
        "img-src": [SELF, *PICTURE_SOURCES],
        "font-src": [SELF],
        "connect-src": [SELF, *filter(None, [STATISTICS_ORIGIN])],
        "manifest-src": [SELF],
        "frame-src": VIDEO_ORIGINS,
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
# The rich text editor needs an import map (nonce) and writes one <style> of its own (hash; a test computes it).
PROSE_EDITOR_STYLE_HASH = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
ADMIN_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": CONTENT_SECURITY_POLICY["DIRECTIVES"]
    | {
        "script-src": [SELF, NONCE],
        "style-src": [SELF, PROSE_EDITOR_STYLE_HASH],
        "img-src": [SELF, "data:", "blob:", *PICTURE_SOURCES],
        "connect-src": [SELF],
        "frame-src": [NONE],
    },
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
        "microphone", "midi", "payment", "usb",
    )
}  # fmt: skip

# ---- Consent: the choice is ours to store (driversite/consent.py), the register is django-cookie-consent's -----

COOKIE_CONSENT_CACHE_BACKEND = "process"
COOKIE_CONSENT_NAME = "cookie_consent"
COOKIE_CONSENT_MAX_AGE = 182 * 24 * 3600
COOKIE_CONSENT_SECURE = HTTPS
# The page is the same for all, so the browser itself must see whether a choice was made.
COOKIE_CONSENT_HTTPONLY = False
COOKIE_CONSENT_SAMESITE = "Lax"
COOKIE_CONSENT_LOG_ENABLED = False
COOKIE_CONSENT_SUCCESS_URL = "/cookies/"

# ---- Logging: one readable line for each event ---------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "driversite.logs.Line",
            "format": "{asctime} {levelname:<7} {name}: {message}",
            "style": "{",
            "datefmt": "%Y-%m-%d %H:%M:%S",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        name: {"handlers": ["console"], "level": LOG_LEVEL, "propagate": False}
        for name in ("django", "driversite", "news", "sponsors")
    }
    | {
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Robots try every host they know of; each is answered with 400 and is no event.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
