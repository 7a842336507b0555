"""What no site can run with, and what no site on the network must run with: a sentence for each."""

import re
from email.utils import getaddresses
from urllib.parse import urlsplit

from django.http.request import validate_host

from driversite.environment.address import NAME, wrong

ONLY_FOR_DEBUG = "only-for-debug-and-never-for-a-site-that-others-can-reach"
SITE = re.compile(r"https?://([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9a-f:.]+\])(:\d+)?")
# As visitors' browsers name it, without scheme and port; with a dot before it all of its subdomains.
HOST = re.compile(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.?|\[[0-9a-f:.]+\]")
# Nothing in the address of a script may end the directive of the content security policy.
SCRIPT = re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?/[^\s;,'\"]+", re.ASCII)
MAILBOX = re.compile(r"[^@\s,;:<>()\[\]\\\"“”/]+@([^@\s\[\]]+|\[[0-9a-f:.]+\])")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
# As Django's own check has it (security.W009), and a little stricter: 50 random digits have as many different ones.
INSECURE, DIFFERENT = "django-insecure-", 8


def unusable(*, site_url, statistics_url, mail_from, log_level):
    """Sentences about values that no site can run with."""
    wrong_site = site_url and _wrong_site(site_url)
    return [
        sentence
        for sentence in (
            wrong_site,
            statistics_url and _wrong_script(statistics_url),
            # Where nothing else is said it is made from the site's address.
            not wrong_site and _wrong_sender(mail_from),
            log_level not in LEVELS and "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR and CRITICAL.",
        )
        if sentence
    ]


def _wrong_site(address):
    if SITE.fullmatch(address) and not wrong(address):
        return ""
    return (
        "SITE_URL must be http:// or https:// with a host (xn--… where its name has an umlaut), at most a port from 1"
        " to 65535, and no path, such as https://www.example.org."
    )


def _wrong_script(address):
    if SCRIPT.fullmatch(address) and not wrong(address):
        return ""
    return "STATISTICS_URL must be the https address of a script, such as https://statistics.example.org/script.js."


def _wrong_sender(text):
    """One address, alone or in angle brackets behind a name."""
    found = [mailbox for _, mailbox in getaddresses([text])]
    mailbox = found[0] if len(found) == 1 else ""
    is_one = text == mailbox or text.endswith(f"<{mailbox}>")
    if is_one and MAILBOX.fullmatch(mailbox) and _is_host(mailbox.rpartition("@")[2]):
        return ""
    return "MAIL_FROM must be one address for mails, such as newsroom@example.org."


def _is_host(name):
    return name.startswith("[") or (NAME.fullmatch(name) and not name.endswith("."))


def unsafe(*, secret_key, allowed_hosts, site_url):
    """Sentences about values that a site on the network must not run with."""
    are_hosts = all(map(HOST.fullmatch, {*allowed_hosts} - {"*"}))
    checks = [
        (
            len(secret_key) >= 50 and secret_key != ONLY_FOR_DEBUG,
            "SECRET_KEY needs 50 or more random characters.",
        ),
        (
            len(secret_key) < 50 or (len({*secret_key}) >= DIFFERENT and not secret_key.startswith(INSECURE)),
            "SECRET_KEY can be guessed: it needs 50 or more characters that were drawn at random.",
        ),
        (allowed_hosts, "ALLOWED_HOSTS is empty: name the host of the site, such as www.example.org."),
        ("*" not in allowed_hosts, "ALLOWED_HOSTS must not be *: name the hosts of the site."),
        (
            are_hosts,
            "ALLOWED_HOSTS must be names of hosts such as www.example.org, with commas between them, without https://"
            " and port, and with xn--… where a name has an umlaut.",
        ),
        (site_url, "SITE_URL is empty: give the address of the site, such as https://www.example.org."),
        (
            not (site_url and allowed_hosts and are_hosts) or validate_host(host_of(site_url), allowed_hosts),
            "ALLOWED_HOSTS must name the host of SITE_URL, or nobody could open the site.",
        ),
    ]
    return [sentence for right, sentence in checks if not right]


def host_of(site_url):
    """As ALLOWED_HOSTS has it: in brackets where it is an IPv6 address; empty where it is none at all."""
    try:
        name = urlsplit(site_url).hostname or ""
    except ValueError:
        return ""
    return f"[{name}]" if ":" in name else name
