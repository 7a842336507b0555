"""Who may wait for what: large requests, such as photos, leave the threads of all others free."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from driversite.serving import bodies
from driversite.serving.gateway import MOST_LARGE, THREADS, THREADS_FOR_LARGE, Gateway

PATIENCE = 30
LARGE, SMALL = bodies.IN_MEMORY + 1, 100


class Request:
    """Both sides of one request, as granian hands them over."""

    def __init__(self, length):
        self.scope = SimpleNamespace(
            method="POST", path="/", query_string="", scheme="http", http_version="1.1",
            server="127.0.0.1:80", client="127.0.0.1:9", headers={"content-length": str(length)},
        )  # fmt: skip
        self.length, self.status = length, None

    async def __aiter__(self):
        yield b"x" * self.length

    def response_bytes(self, status, headers, body):
        self.status = status

    response_str = response_bytes


@pytest.fixture
def held():
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def gateway(held):
    """Of a site that works on everything until it is let go, but for what is small."""

    def application(environ, start_response):
        if int(environ["CONTENT_LENGTH"]) > SMALL:
            held.wait(PATIENCE)
        start_response("200 OK", [])
        return [b""]

    return Gateway(application)


def tried(scenario):
    """In a thread of its own, as the browser of another test keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asyncio.wait_for(scenario(), PATIENCE)).result()


def test_large_requests_wait_without_holding_up_the_others(gateway, held):
    async def scenario():
        large = [Request(LARGE) for _ in range(2 * THREADS)]
        under_way = [asyncio.create_task(gateway.__rsgi__(each.scope, each)) for each in large]
        while gateway.large.waiting < len(large):
            await asyncio.sleep(0.01)
        small = Request(SMALL)
        await gateway.__rsgi__(small.scope, small)
        assert small.status == 200 and not any(each.status for each in large)
        assert len(gateway.large.threads._threads) == THREADS_FOR_LARGE
        held.set()
        await asyncio.gather(*under_way)
        assert {each.status for each in large} == {200} and gateway.large.waiting == 0

    tried(scenario)


def test_more_large_requests_than_can_be_done_in_time_are_told_to_come_again(gateway, held):
    async def scenario():
        large = [Request(LARGE) for _ in range(MOST_LARGE + 1)]
        under_way = [asyncio.create_task(gateway.__rsgi__(each.scope, each)) for each in large]
        while not any(each.status for each in large):
            await asyncio.sleep(0.01)
        held.set()
        await asyncio.gather(*under_way)
        assert sorted(each.status for each in large) == [200] * MOST_LARGE + [503]

    tried(scenario)
