"""Reading the environment: a value that cannot be used stops the start with one sentence that names it."""

import os
import re
from difflib import get_close_matches
from io import StringIO

from django.core.exceptions import ImproperlyConfigured

NAMES = (
    "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "CACHE_URL", "STORAGE_URL", "PURGE_URLS",
    "EMAIL_URL", "MAIL_FROM", "STATE_ROOT", "MEDIA_ROOT", "STATIC_ROOT", "STATISTICS_URL", "LOG_LEVEL",
)  # fmt: skip
LINE = re.compile(r"(?:export )?(\w+)=.*", re.ASCII)
TRUE, FALSE = {"true", "1", "yes", "on", "y", "t", "ok"}, {"false", "0", "no", "off", "n", "f"}
QUOTES = "\"'`“”„‘’«»"


def read(env, path):
    """`.env`, where there is one. What would be passed over is refused by its number: it may be a secret."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    except FileNotFoundError:
        return
    except UnicodeDecodeError:
        refuse([f"{path.name} must be text in UTF-8: save it as such."])
    except OSError as error:
        refuse([f"{path.name} cannot be read ({error.strerror}): it must be a file, and this user's own."])
    said = {number: LINE.fullmatch(line) for number, line in enumerate(lines, 1) if line and line[0] != "#"}
    refuse(
        [
            f"Line {number} of {path.name} must be like NAME=value, without blanks around the =."
            for number, found in said.items()
            if not found
        ]
    )
    refuse([*filter(None, (_misspelt(found[1], path) for found in said.values()))])
    env.read_env(StringIO("\n".join(lines)))


def _misspelt(name, path):
    """A name that is nearly one of ours was meant to say something."""
    meant = [] if name in NAMES else get_close_matches(name.upper(), NAMES, n=1, cutoff=0.9)
    return f"{path.name} has {name}, where {meant[0]} must be meant." if meant else ""


def typed(env, kind, name, default, example):
    """The variable as this kind of value ("str", "bool", "list" or "folder"); an empty one means the default.

    Raises ImproperlyConfigured with the variable's name and an example.
    """
    # Not by env.str(), for which a value that begins with $ is the name of another variable.
    text = env.ENVIRON.get(name, "").strip()
    if not text:
        return default
    slip = _slip(name, text)
    if slip or (kind == "bool" and text.lower() not in TRUE | FALSE):
        # The value itself may hold a password: it is not repeated.
        refuse([f"{name} {slip or 'cannot be read'}. Write it like {example}."])
    if kind == "bool":
        return text.lower() in TRUE
    if kind == "list":
        # "a.example, b.example" is how people write it.
        return [each for each in map(str.strip, text.split(",")) if each]
    return os.path.normpath(text) if kind == "folder" else text


def _slip(name, text):
    """What is never meant, whatever the variable."""
    if not text.isprintable():
        return "must be a single line of text in UTF-8"
    # A sender's name may well stand in some, before its address.
    ends = [end for end in (text[0], text[-1]) if end in QUOTES]
    if len(ends) == 2 or any(text.count(end) % 2 for end in ends):
        return "must have no quotation marks around it"
    if " #" in text:
        return "must have no remark behind it: a remark is a line of its own"
    return (
        f"must not begin with its own name: {name}= stands there twice" if text.startswith(f"{name}=") else ""
    )


def refuse(problems):
    """Stop the start, with all that is wrong in one go."""
    if problems:
        raise ImproperlyConfigured(
            f"Driversite does not start like this. {' '.join(problems)} See .env.example."
        )
