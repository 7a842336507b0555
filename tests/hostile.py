"""Text that nobody should be able to store: written cases by family, and what they multiply to."""

import tomllib
from html import escape
from pathlib import Path

WRITTEN = tomllib.loads((Path(__file__).parent / "data" / "hostile-html.toml").read_text())
# Where an address can stand.
PLACES = (
    '<a href="{}">stays</a>',
    "<a href='{}'>stays</a>",
    '<area href="{}">stays',
    '<form action="{}"><button formaction="{}">stays</button></form>',
    '<iframe src="{}"></iframe>stays',
    '<svg><a xlink:href="{}"><text>gone</text></a></svg>',
)
# Where an event can be listened to, in the three ways to quote.
LISTENERS = (
    "<p {}=run()>stays</p>",
    '<a href="/x" {}="run()">stays</a>',
    "<li {}='run()'>stays</li>",
    "<img src=x {}=run()>stays",
    "<svg {}=run()><g/></svg>stays",
    "<body {}=run()>stays",
)
INNERMOST = "<img src=x onerror=run()>"


def _addresses():
    for place in PLACES:
        quote = "'" if "'{}'" in place else '"'
        for spelling in WRITTEN["spellings"]["cases"]:
            # The quote alone is written as an entity: all other entities are part of the trick.
            yield place.replace("{}", spelling.replace(quote, escape(quote)))


def _listeners():
    return [place.replace("{}", name) for name in WRITTEN["events"]["names"] for place in LISTENERS]


def _deep():
    """Deeper than browsers build a tree: there they begin to flatten it."""
    for depth in (100, 511, 512, 513, 2_000):
        for tag in ("blockquote", "strong", "div", "svg", "table", "x"):
            yield f"<{tag}>" * depth + "stays" + INNERMOST
    yield "<ul><li>" * 600 + "stays" + INNERMOST
    yield '<a href="/x"><table>' * 300 + "stays" + INNERMOST
    yield "<math><mtext>" * 300 + INNERMOST
    yield "<svg><foreignObject>" * 300 + INNERMOST
    yield "<p><button>" * 300 + "stays" + INNERMOST
    yield "<b><i>" * 300 + "</b>" * 300 + "stays" + INNERMOST


def _large():
    long = 200_000
    yield f'<p title="{"x" * long}" onclick=run()>stays</p>'
    yield f'<a href="{"x" * long}" onclick=run()>stays</a>'
    yield f'<a href="{" " * long}javascript:run()">stays</a>'
    yield f'<a href="java{"&#10;" * 50_000}script:run()">stays</a>'
    yield f'<a href="/{"&Tab;" * 50_000}/evil.example">stays</a>'
    yield f"<p {'x=y ' * 50_000}onclick=run()>stays</p>"
    yield f"<{'x' * long} onclick=run()>stays"
    yield f"{'<' * 50_000}script>run()</script>"
    yield f"{'</p>' * 50_000}stays{INNERMOST}"
    yield f"{'&lt;' * 50_000}stays{INNERMOST}"
    yield f"<!--{'-' * long}>{INNERMOST}"


FAMILIES = {name: family["cases"] for name, family in WRITTEN.items() if name not in ("spellings", "events")}
BY_HAND = {case for family in FAMILIES.values() for case in family}
FAMILIES |= {
    "addresses": [case for case in _addresses() if case not in BY_HAND],
    "listeners": [case for case in _listeners() if case not in BY_HAND],
    "deep": [*_deep()],
    "large": [*_large()],
}
