"""The demo's own files: tables in TOML, texts in HTML, pictures and marks."""

import tomllib
from pathlib import Path

from news.html import sanitize

FOLDER = Path(__file__).parent


def table(name: str) -> dict:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def body(name: str) -> str:
    """The rich text pages/<…> or articles/<…>, as it will be stored: a second run finds it unchanged."""
    return sanitize((FOLDER / f"{name}.html").read_text(encoding="utf-8"))


def data(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
