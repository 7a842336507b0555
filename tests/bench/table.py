"""One table of all that was measured: each module of this folder has rows, and is a process of its own.

Row("article from the page cache", "18,400/s, 3.2 × hello", "≥ 3 × hello", True)
"""

import json
import sys
from collections.abc import Callable, Iterable
from typing import NamedTuple

HEAD = "| What | Measured | Budget | Met |\n|---|---|---|---|"
WORDS = {True: "yes", False: "**no**", None: ""}
# How a module is asked for its rows by the runner, which reads them from its last lines.
FOR_THE_RUNNER = "--rows"


class Row(NamedTuple):
    """`figure` is written with its unit; `met` is None where there is no budget."""

    what: str
    figure: str
    budget: str = ""
    met: bool | None = None

    def __str__(self):
        return f"| {self.what} | {self.figure} | {self.budget} | {WORDS[self.met]} |"


def tell(rows: Callable[[], Iterable[Row]], details: Callable[[], None] | None = None) -> None:
    """The end of each module: for the runner its rows as lines of JSON; by itself its details, else its rows."""
    if FOR_THE_RUNNER in sys.argv:
        for row in rows():
            print(json.dumps(row, ensure_ascii=False), flush=True)
    elif details:
        details()
    else:
        print(HEAD)
        for row in rows():
            print(row, flush=True)


def told(line: str) -> Row | None:
    """The row in a line of a module's output; None for everything else that it prints."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return Row(*found) if isinstance(found, list) and len(found) == len(Row._fields) else None
