"""The files of deploy/ with this site's names and paths in place of the example's.

They are right as they lie there for https://www.example.org in /srv/driversite, so that they can be read, and tried,
without being filled in first.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

# Of the lines of an nginx file, those that only HTTPS needs.
HTTPS_ONLY = re.compile(r"^ *(?:listen .*\bssl\b|ssl_|if \(\$scheme = http\)).*\n", re.MULTILINE)


def filled_in(text: str, *, app: str, has_certificate: bool, has_brotli: bool) -> str:
    """`app` is host:port of the application; without a certificate nginx listens on port 80 alone."""
    if not has_certificate:
        text = HTTPS_ONLY.sub("", text)
    if has_brotli:
        text = text.replace("# brotli_static on;", "brotli_static on;")
    words = _in_place_of(app)
    # In one go and the longest first: nothing that was filled in is taken for the example again.
    example = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.sub(example, lambda found: words[found.group()], text)


def _in_place_of(app):
    site = urlsplit(settings.SITE_URL)
    others = [host for host in settings.ALLOWED_HOSTS if host != site.hostname]
    return {
        "server_name www.example.org": " ".join(["server_name", site.hostname, *others]),
        "www.example.org": site.hostname,
        "X-Forwarded-Proto https": f"X-Forwarded-Proto {site.scheme}",
        "127.0.0.1:8000": app,
        "/srv/driversite/data/media": str(settings.MEDIA_ROOT),
        "/srv/driversite/data/state": str(settings.STATE_ROOT),
        "/srv/driversite/data": str(_folder_of_the_database() or settings.STATE_ROOT),
        "/srv/driversite/build/static": str(settings.STATIC_ROOT),
        "/srv/driversite": str(settings.BASE_DIR),
    }


def _folder_of_the_database():
    """SQLite writes beside its file as well; a server has its rows elsewhere."""
    return Path(settings.DATABASE_FILE).parent if settings.DATABASE_FILE else None


def beside_the_code() -> list[str]:
    """The variables by which the service, which writes in these folders, would write its own code as well."""
    places = {
        "DATABASE_URL": _folder_of_the_database(),
        "MEDIA_ROOT": settings.MEDIA_ROOT,
        "STATE_ROOT": settings.STATE_ROOT,
    }
    code = Path(settings.BASE_DIR)
    return [name for name, place in places.items() if place and code.is_relative_to(Path(place).absolute())]
