"""Visitors who come at a fixed rate, whether those before them have been answered or not (open loop): each with a new
connection, TLS and HTTP/2 as a browser has them, one page and all that its first view needs. By nghttp2's h2load."""

import os
import statistics
import subprocess
from pathlib import Path
from typing import NamedTuple

# Requests of one visitor that are under way at once.
AT_ONCE = 10
TICKS = os.sysconf("SC_CLK_TCK")


class Visit(NamedTuple):
    """What one kind of visitor asks for, and how many of them come in a second."""

    paths: list[str]
    rate: int


class Load(NamedTuple):
    """What came of it: requests that were to be sent, those answered with 200, milliseconds of each."""

    asked: int
    answered: int
    times: list[float]

    @property
    def errors(self):
        return self.asked - self.answered

    def percentile(self, number):
        return statistics.quantiles(self.times, n=100)[number - 1]


class Crowd:
    """`come()` starts them; `gone()` waits for the last answer and counts."""

    def __init__(self, folder: Path, address: str, visits: list[Visit], seconds: int):
        self.folder, self.address, self.visits, self.seconds = folder, address, visits, seconds
        self.processes = []

    def come(self):
        for number, visit in enumerate(self.visits):
            visitors = visit.rate * self.seconds
            addresses = self.folder / f"addresses-{number}"
            addresses.write_text("".join(f"{self.address}{path}\n" for path in visit.paths))
            (self._log(number)).unlink(missing_ok=True)
            command = [
                "h2load",
                "-t1",
                f"-r{visit.rate}",
                f"-c{visitors}",
                f"-n{visitors * len(visit.paths)}",
            ]
            command += [f"-m{AT_ONCE}", "-i", str(addresses), f"--log-file={self._log(number)}"]
            command += ["-H", "accept-encoding: gzip, br", "-T30s", "-N30s"]
            self.processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))

    def gone(self) -> Load:
        for process in self.processes:
            process.wait()
        lines = [line.split() for number in range(len(self.visits)) for line in self._lines(number)]
        asked = sum(visit.rate * self.seconds * len(visit.paths) for visit in self.visits)
        answered = sum(status == "200" for _start, status, _time in lines)
        return Load(asked, answered, [int(time) / 1000 for _start, _status, time in lines])

    def _log(self, number):
        return self.folder / f"answers-{number}"

    def _lines(self, number):
        return self._log(number).read_text().splitlines()


def cpu_seconds(process) -> float:
    """What the process and all that it started have used so far, on all cores."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == process.pid:
            total += int(fields[11]) + int(fields[12])
    return total / TICKS
