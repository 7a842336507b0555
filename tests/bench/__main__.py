"""`make bench`: everything measured, in one table; a module after the other, each in a process of its own."""

import datetime
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from sqlite3 import sqlite_version

from tests.bench.table import FOR_THE_RUNNER, HEAD, told

FOLDER = Path(__file__).parent
# Of the packages that are measured, or that pages are made with.
VERSIONS = ["Django", "granian", "gunicorn", "pillow"]
NO_MEASURE = {"__init__", "__main__", "table"}


def modules():
    """Those asked for on the command line, else all that have rows."""
    if asked := sys.argv[1:]:
        return asked
    every = (path for path in sorted(FOLDER.glob("*.py")) if path.stem not in NO_MEASURE)
    return [path.stem for path in every if "def rows(" in path.read_text()]


def measured(module):
    command = [sys.executable, "-m", f"tests.bench.{module}", FOR_THE_RUNNER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=FOLDER.parents[1]) as process:
        yield from filter(None, map(told, process.stdout))
    if process.returncode:
        raise ModuleFailed(f"tests.bench.{module} ended with {process.returncode}")


class ModuleFailed(Exception):
    """Its rows up to then stand in the table; what went wrong it has printed itself."""


def head():
    """When, on what and with which versions: `2026-11-28, Linux x86_64, 2 cores, 24 GB, Python 3.11.7 …`."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB"
    versions = ", ".join(f"{name} {version(name)}" for name in VERSIONS)
    return f"{datetime.date.today()}, {system}, Python {platform.python_version()}, SQLite {sqlite_version}, {versions}"


def main():
    failed = []
    print(f"{head()}\n\n{HEAD}", flush=True)
    for module in modules():
        try:
            for row in measured(module):
                print(row, flush=True)
        except ModuleFailed as failure:
            failed.append(str(failure))
    if failed:
        sys.exit(f"The table is not complete: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
