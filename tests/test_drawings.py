"""Partners' logos as SVG: text, which travels packed, and is packed once for everybody."""

import gzip

import brotli
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.cached import Visitor, change

NAME = "logos/mb-0123456789ab.svg"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>' % (
    b'<path d="M1 1h9v9"/>' * 200
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    default_storage.save(NAME, ContentFile(DRAWING))
    return default_storage.url(NAME)


@pytest.mark.parametrize(
    ("accepted", "packed", "unpack"),
    [("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("identity", None, bytes)],
)
def test_a_drawing_travels_packed_as_the_browser_can_unpack_it(address, accepted, packed, unpack):
    answer = Visitor().get(address, accept_encoding=accepted)
    assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, packed)
    assert unpack(answer.content) == DRAWING
    assert packed is None or len(answer.content) < len(DRAWING) / 5
    assert answer["Vary"] == "Accept-Encoding"


def test_it_is_packed_once_and_for_all(address):
    visitor = Visitor()
    first = visitor.get(address, accept_encoding="br")
    default_storage.delete(NAME)
    for _again in range(3):
        assert visitor.get(address, accept_encoding="br").content == first.content
    assert visitor.ready(address)


def test_opened_on_its_own_it_may_still_do_nothing_and_is_kept_by_browsers_for_ever(address):
    answer = Visitor().get(address)
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "sandbox" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"
    again = Visitor().get(address, if_none_match=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_one_that_comes_later_is_there_with_the_change_that_shows_it():
    visitor = Visitor()
    address = f"/{settings.MEDIA_URL.strip('/')}/{NAME}"
    assert visitor.get(address).status_code == 404
    default_storage.save(NAME, ContentFile(DRAWING))
    change()
    assert visitor.get(address).content == DRAWING
