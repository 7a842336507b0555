"""The demo's own files: tables in TOML, texts in HTML, pictures and marks."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from news.html import sanitize

FOLDER = Path(__file__).parent


def table(name: str) -> dict:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def body(name: str, keys: Mapping[str, int] = MappingProxyType({})) -> str:
    """The rich text pages/<…> or articles/<…>, as it will be stored: a second run finds it unchanged. The marks of
    blocks say in the file what they stand for, such as data-photo="forest"; `keys` are those of the rows."""
    html = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    return sanitize(
        re.sub(
            r'(?<=<figure data-)(photo|gallery|results|facts)="([\w,-]+)"',
            lambda found: f'{found[1]}="{",".join(str(keys[name]) for name in found[2].split(","))}"',
            html,
        )
    )


def data(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
