"""What each kind of page costs the server, as a table; settings as in production, content of the demo site.

Queries and bytes are the same on every machine; the milliseconds are this machine's.
"""

import gzip
import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.table import Row, tell
from tests.demosite import demo_site, pages

ROUNDS = 15
BUDGET = 10


def milliseconds(client, path):
    began = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - began) * 1000


def asked_for(client, path):
    """The answer and its number of queries, once everything that is read only once has been read."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        return client.get(path), len(queries)


def row(client, path):
    answer, asked = asked_for(client, path)
    typical = statistics.median(milliseconds(client, path) for _ in range(ROUNDS))
    html, packed = len(answer.content), len(gzip.compress(answer.content, 6))
    return f"{answer.status_code} | {asked} | {html:,} | {packed:,} | {typical:.1f}"


def rows():
    with demo_site():
        client = Client()
        costs = {path: asked_for(client, path)[1] for _kind, _language, path in pages()}
    dearest = max(costs, key=costs.get)
    yield Row(
        f"queries of a page rendered anew, the most of {len(costs)} pages",
        f"{costs[dearest]} ({dearest})",
        f"≤ {BUDGET}",
        costs[dearest] <= BUDGET,
    )


def main():
    with demo_site():
        client = Client()
        print("\n| Page | Address | Status | Queries | HTML, bytes | HTML, gzip | ms |")
        print("|---|---|--:|--:|--:|--:|--:|")
        for kind, _, path in pages():
            print(f"| {kind} | `{path}` | {row(client, path)} |")


if __name__ == "__main__":
    tell(rows, details=main)
