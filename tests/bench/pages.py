"""What each kind of page costs the server, as a table; settings as in production, content of the demo site.

Queries and bytes are the same on every machine; the milliseconds are this machine's.
"""

import gzip
import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.demosite import demo_site, pages

ROUNDS = 15


def milliseconds(client, path):
    began = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - began) * 1000


def row(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
        asked = len(queries)
    typical = statistics.median(milliseconds(client, path) for _ in range(ROUNDS))
    html, packed = len(answer.content), len(gzip.compress(answer.content, 6))
    return f"{answer.status_code} | {asked} | {html:,} | {packed:,} | {typical:.1f}"


def main():
    with demo_site():
        client = Client()
        print("\n| Page | Address | Status | Queries | HTML, bytes | HTML, gzip | ms |")
        print("|---|---|--:|--:|--:|--:|--:|")
        for kind, _, path in pages():
            print(f"| {kind} | `{path}` | {row(client, path)} |")


if __name__ == "__main__":
    main()
