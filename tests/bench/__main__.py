"""`make bench`: everything measured, in one table; a module after the other, each in a process of its own."""

import datetime
import os
import platform
import subprocess
import sys
from pathlib import Path

from tests.bench.table import FOR_THE_RUNNER, HEAD, told

FOLDER = Path(__file__).parent
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
        sys.exit(f"tests.bench.{module} ended with {process.returncode}: the table is not complete.")


def main():
    print(
        f"{datetime.date.today():%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ",
        end="",
    )
    print(f"Python {platform.python_version()}\n\n{HEAD}")
    for module in modules():
        for row in measured(module):
            print(row, flush=True)


if __name__ == "__main__":
    main()
