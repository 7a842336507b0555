"""What the fact check finds in the sentences of tests/data/facts-de.toml and facts-en.toml, as a table by kind.

The same on every machine. Sentences that were held back count as they are found today; what was found at first sight is
written above them, and in docs/benchmarks.md.
"""

import os
from collections import Counter
from importlib import import_module

import django
from django.test.utils import setup_databases, teardown_databases


def table(planted, missed, sound, accused):
    kinds, not_found = Counter(told.wrong for told in planted), Counter(told.wrong for told, _rows in missed)
    for kind, number in sorted(kinds.items()):
        yield f"| {kind} | {number - not_found[kind]} | {number} | {1 - not_found[kind] / number:.0%} |"
    found = len(planted) - len(missed)
    yield f"| **planted errors found** | {found} | {len(planted)} | {found / len(planted):.1%} |"
    yield f"| **sound sentences accused** | {len(accused)} | {len(sound)} | {len(accused) / len(sound):.1%} |"


def main():
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": "sqlite://:memory:"}
    django.setup()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        # Knows models, which are there from now on only.
        reports = import_module("tests.reports")
        records = reports.records()
        for language in ("de", "en"):
            print(f"\n| {language} | found | of | |\n|---|--:|--:|--:|")
            print("\n".join(table(*reports.figures(language, records))))
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
