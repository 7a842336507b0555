"""What the fact check finds in the sentences of tests/data/facts-de.toml and facts-en.toml, as a table by kind.

The same on every machine. Sentences that were held back count as they are found today; what was found at first sight is
written above them, and in docs/benchmarks.md.
"""

import os
from collections import Counter
from contextlib import contextmanager
from functools import partial
from importlib import import_module

import django
from django.test.utils import setup_databases, teardown_databases

from tests.bench.table import Row, tell


def table(planted, missed, sound, accused):
    kinds, not_found = Counter(told.wrong for told in planted), Counter(told.wrong for told, _rows in missed)
    for kind, number in sorted(kinds.items()):
        yield f"| {kind} | {number - not_found[kind]} | {number} | {1 - not_found[kind] / number:.0%} |"
    found = len(planted) - len(missed)
    yield f"| **planted errors found** | {found} | {len(planted)} | {found / len(planted):.1%} |"
    yield f"| **sound sentences accused** | {len(accused)} | {len(sound)} | {len(accused) / len(sound):.1%} |"


@contextmanager
def figures():
    """`figures(language)`: what was planted, missed, sound and accused in that language's sentences."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": "sqlite:////nowhere/facts.sqlite3",
    }
    django.setup()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        # Knows models, which are there from now on only.
        reports = import_module("tests.reports")
        yield partial(reports.figures, records=reports.records())
    finally:
        teardown_databases(databases, verbosity=0)


def rows():
    with figures() as of:
        for language in ("de", "en"):
            planted, missed, sound, accused = of(language)
            found, alarms = 1 - len(missed) / len(planted), len(accused) / len(sound)
            yield Row(
                f"fact check, {language}: planted errors found", f"{found:.1%}", "≥ 95 %", found >= 0.95
            )
            yield Row(
                f"fact check, {language}: sound sentences accused", f"{alarms:.1%}", "≤ 2 %", alarms <= 0.02
            )


def main():
    with figures() as of:
        for language in ("de", "en"):
            print(f"\n| {language} | found | of | |\n|---|--:|--:|--:|")
            print("\n".join(table(*of(language))))


if __name__ == "__main__":
    tell(rows, details=main)
