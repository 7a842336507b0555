"""The programs of this machine that tests start: where they are, and what happens where one is missing."""

import os
import shutil
from pathlib import Path

import pytest


def found(name):
    """Debian keeps servers where only root looks."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")


NGINX, REDIS, VARNISH = found("nginx"), found("redis-server"), found("varnishd")
INITDB = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
MODULES = Path("/etc/nginx/modules-enabled")


def lacking(**programs):
    """What to install, by the names of the packages; nothing where all of them are found."""
    missing = [package.replace("_", "-") for package, program in programs.items() if not program]
    return f"install first: apt install {' '.join(missing)}" if missing else ""


def needed(**programs):
    """A test is left out on a machine that lacks one of them, but not in CI, where everything is installed."""
    if why := lacking(**programs):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
