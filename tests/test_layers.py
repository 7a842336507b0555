"""Imports point one way: a part of an app knows only what stands to its left, and no other app."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("news", "sponsors", "driversite", "tests")
COLUMNS = (
    "times days slots rights blocks editor typography slugs limits logos wording people",  # know nothing of the site
    "words triggers",
    "searchindex headlineindex sitemapparts archive pictures",
    "querysets html",
    "metadata",
    "models",
    "checking tasks",
    "derived history links figures mails",
    "timing career ical panel bodies drafting copies restoring",
    "steps",
    "views feeds sitemaps admin templatetags clock",
    "urls management apps",
    "migrations",
)
RANK = {part: rank for rank, parts in enumerate(COLUMNS) for part in parts.split()}


def from_root(path):
    return path.relative_to(ROOT).as_posix()


def files_of(*apps):
    return [path for app in apps for path in sorted((ROOT / app).rglob("*.py")) if path.read_text().strip()]


def part_of(names):
    """("news", "models") of news.models.Article and of news/models/article.py."""
    return names[0], names[1].removesuffix(".py")


def our_imports(path):
    """(app, part) of everything of ours that a file imports; imports hidden in functions count too."""
    package = path.relative_to(ROOT).parts
    for node in ast.walk(ast.parse(path.read_text())):
        names = [name.name for name in getattr(node, "names", [])]
        if isinstance(node, ast.ImportFrom):
            start = [*package[: -node.level]] if node.level else []
            names = [".".join(filter(None, [*start, node.module, name])) for name in names]
        elif not isinstance(node, ast.Import):
            continue
        dotted = (name.split(".") for name in names if "." in name)
        yield from (part_of(name) for name in dotted if name[0] in OURS)


@pytest.mark.parametrize("path", files_of("news", "sponsors"), ids=from_root)
def test_imports_point_left(path):
    app, part = part_of(from_root(path).split("/"))
    assert part in RANK, f"{app}/{part} stands in no column of tests/test_layers.py: say what it may import"
    for other_app, other_part in our_imports(path):
        assert other_app == app, f"{app} imports from {other_app}: only driversite/ may know several apps"
        assert other_part == part or RANK[other_part] < RANK[part], (
            f"{app}/{part} imports {other_part}, which does not stand to its left in {' | '.join(COLUMNS)}"
        )


def test_what_lies_beside_the_apps_knows_the_project_alone():
    """manage.py: so that a command that cannot do its work ends with a sentence (driversite/door.py)."""
    assert {app for path in ROOT.glob("*.py") for app, _part in our_imports(path)} == {"driversite"}


@pytest.mark.parametrize("path", files_of("driversite"), ids=from_root)
def test_the_site_knows_nothing_of_its_tests(path):
    assert "tests" not in {app for app, _ in our_imports(path)}
