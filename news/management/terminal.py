"""The terminal that a command speaks to."""

import os

from django.conf import settings


def language_of_terminal():
    """That of the terminal, in which other commands speak as well."""
    said = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return said[:2] if said[:2] in dict(settings.LANGUAGES) else "en"
