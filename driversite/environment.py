"""Reading the environment: a value that cannot be used stops the start with one sentence that names it."""

import logging
import re
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

ONLY_FOR_DEBUG = "only-for-debug-and-never-for-a-site-that-others-can-reach"
SITE = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?|https?://\[[0-9a-f:]+\](:\d+)?")
# As visitors' browsers name it, without scheme and port; with a dot before it all of its subdomains.
HOST = re.compile(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.?|\[[0-9a-f:]+\]")
# Pictures may come from a folder of another host. Like the script below it goes into the content security policy.
FOLDER = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~-]+)*")
# Nothing in the address of a script may end the directive of the policy.
SCRIPT = re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?/[^\s;,'\"]*")
ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")
BOOLEANS = {"true", "false", "1", "0", "yes", "no", "on", "off", "y", "n", "t", "f", "ok"}


def typed(env, kind, name, default, example):
    """The variable as this kind of value ("str", "list", "db" …); an empty one means the default.

    Raises ImproperlyConfigured with the variable's name and an example.
    """
    text = env.str(name, default="").strip()
    try:
        if kind == "bool" and text and text.lower() not in BOOLEANS:
            raise ValueError(text)
        value = getattr(env, kind)(name, default=default) if text else _default(env, kind, default)
        if kind == "list":
            # "a.example, b.example" is how people write it.
            value = [each for each in map(str.strip, value) if each]
        if kind == "db" and value.get("ENGINE") not in ENGINES:
            raise ValueError(text)
    except (ValueError, KeyError, ImproperlyConfigured):
        # The value itself may hold a password: it is not repeated.
        raise ImproperlyConfigured(
            f"{name} cannot be read. Write it like {example}. See .env.example."
        ) from None
    return value


def _default(env, kind, default):
    """Addresses of services are spelt out as in the environment; everything else is the value itself."""
    readers = {"db": env.db_url_config, "email": env.email_url_config}
    return readers[kind](default) if kind in readers else default


def unusable(*, site_url, statistics_url, mail_from, log_level):
    """Sentences about values that no site can run with."""
    checks = [
        (
            not site_url or SITE.fullmatch(site_url),
            "SITE_URL must be an address without a path, such as https://www.example.org.",
        ),
        (
            not statistics_url or SCRIPT.fullmatch(statistics_url),
            "STATISTICS_URL must be the https address of a script, such as https://statistics.example.org/script.js.",
        ),
        (
            "@" in parseaddr(mail_from)[1],
            "MAIL_FROM must be an address for mails, such as newsroom@example.org.",
        ),
        (
            log_level in logging.getLevelNamesMapping(),
            "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR and CRITICAL.",
        ),
    ]
    return [sentence for right, sentence in checks if not right]


def unsafe(*, secret_key, allowed_hosts, site_url):
    """Sentences about values that a site on the network must not run with."""
    checks = [
        (
            len(secret_key) >= 50 and secret_key != ONLY_FOR_DEBUG,
            "SECRET_KEY needs 50 or more random characters.",
        ),
        (allowed_hosts, "ALLOWED_HOSTS is empty: name the host of the site, such as www.example.org."),
        ("*" not in allowed_hosts, "ALLOWED_HOSTS must not be *: name the hosts of the site."),
        (
            all(map(HOST.fullmatch, {*allowed_hosts} - {"*"})),
            "ALLOWED_HOSTS must be names of hosts such as www.example.org, without https:// and port.",
        ),
        (site_url, "SITE_URL is empty: give the address of the site, such as https://www.example.org."),
        (
            not (site_url and allowed_hosts) or validate_host(_host(site_url), allowed_hosts),
            "ALLOWED_HOSTS must name the host of SITE_URL, or nobody could open the site.",
        ),
    ]
    return [sentence for right, sentence in checks if not right]


def _host(site_url):
    """As ALLOWED_HOSTS has it: in brackets where it is an IPv6 address."""
    name = urlsplit(site_url).hostname or ""
    return f"[{name}]" if ":" in name else name


def refuse(problems):
    """Stop the start, with all that is wrong in one go."""
    if problems:
        raise ImproperlyConfigured(
            f"Driversite does not start like this. {' '.join(problems)} See .env.example."
        )
