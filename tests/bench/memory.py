"""What processes take of the machine's memory, as Linux counts it."""

import re
from pathlib import Path
from typing import NamedTuple


class Memory(NamedTuple):
    """Megabytes: `shared` shares out what several hold (PSS), `resident` counts it for each (RSS)."""

    shared: float
    resident: float


def children(pid, named=""):
    """Processes that this one has started, all or those whose command line holds the word."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            is_child = re.search(rf"^PPid:\s+{pid}$", status.read_text(), re.MULTILINE)
            command = status.with_name("cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if is_child and (not named or named.encode() in command):
            found.append(int(status.parent.name))
    return found


def of(pids):
    texts = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]

    def sum_of(field):
        return sum(int(re.search(rf"^{field}:\s+(\d+) kB", text, re.MULTILINE)[1]) for text in texts) / 1024

    return Memory(sum_of("Pss"), sum_of("Rss"))
