"""What machines ask for: feeds, sitemaps, robots.txt, security.txt, the health check, and the languages' addresses."""

import json
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from driversite.health import HealthMiddleware
from driversite.models import SiteProfile
from tests.factories import ArticleFactory, PageFactory, PhotoFactory, RaceFactory

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.mark.parametrize(("language", "address"), [("de", "/feed/"), ("en", "/en/feed/")])
def test_the_atom_feed_holds_the_articles_of_its_language(client, language, address):
    ArticleFactory(language="de", headline="Deutscher Bericht")
    ArticleFactory(language="en", headline="English report", lead_photo=PhotoFactory(renditions=True))
    feed = ElementTree.fromstring(client.get(address).content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert titles == ["Deutscher Bericht" if language == "de" else "English report"]
    link = feed.find("a:entry/a:link[@rel='alternate']", ATOM).get("href")
    assert link.startswith("http://testserver/") and client.get(link).status_code == 200


def test_the_json_feed_gives_text_picture_and_times(client):
    article = ArticleFactory(byline="Erika Muster", lead_photo=PhotoFactory(renditions=True))
    answer = client.get("/feed.json")
    assert answer["Content-Type"].startswith("application/feed+json")
    feed = json.loads(answer.content)
    (item,) = feed["items"]
    assert item["content_html"] == article.body
    assert item["url"] == f"http://testserver{article.get_absolute_url()}"
    assert item["authors"] == [{"name": "Erika Muster"}]
    assert client.get(item["image"].removeprefix("http://testserver")).status_code == 200
    assert feed["version"] == "https://jsonfeed.org/version/1.1"


def test_an_entry_keeps_its_identity_when_its_address_changes(client):
    article = ArticleFactory(slug="alt")
    before = json.loads(client.get("/feed.json").content)["items"][0]["id"]
    article.slug = "neu"
    article.save()
    assert json.loads(client.get("/feed.json").content)["items"][0]["id"] == before


def test_the_news_sitemap_holds_two_days_only(client):
    ArticleFactory(headline="Neu & frisch")
    ArticleFactory(headline="Von gestern", published_at=timezone.now() - timedelta(days=3))
    body = client.get("/sitemap-news.xml").text
    ElementTree.fromstring(body)
    assert "Neu &amp; frisch" in body and "Von gestern" not in body


def test_robots_may_read_all_but_the_back_room_and_find_the_sitemaps(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /admin/" in lines and "Disallow: /" not in lines
    for line in lines:
        if line.startswith("Sitemap: http://testserver"):
            assert client.get(line.removeprefix("Sitemap: ")).status_code == 200


def test_security_txt_names_the_contact_of_the_profile(client):
    assert client.get("/.well-known/security.txt").status_code == 404
    SiteProfile(contact_email="post@example.org").save()
    body = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:post@example.org" in body and "Expires: 20" in body


def test_the_watchdog_hears_ok_and_when_the_database_is_away(client, monkeypatch):
    assert client.get("/healthz").text == "ok\n"

    def away(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", away)
    assert client.get("/healthz").status_code == 503


ADDRESSES = """
news:home            /                   /en/
news:articles        /news/              /en/news/
news:calendar        /kalender/          /en/calendar/
news:calendar_file   /kalender.ics       /en/calendar.ics
news:results         /ergebnisse/        /en/results/
news:drivers         /fahrer/            /en/driver/
news:gallery         /galerie/           /en/gallery/
sponsors:partners    /partner/           /en/partners/
news:press           /presse/            /en/press/
news:search          /suche/             /en/search/
news:imprint         /impressum/         /en/imprint/
news:privacy         /datenschutz/       /en/privacy/
news:accessibility   /barrierefreiheit/  /en/accessibility/
cookies              /cookies/           /en/cookies/
news:feed            /feed/              /en/feed/
news:json_feed       /feed.json          /en/feed.json
"""


def test_the_watchdog_may_ask_under_any_name(client):
    assert client.get("/healthz", headers={"host": "10.0.0.7:8000"}).text == "ok\n"
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_head_answers_as_get_does_without_the_body(client, rf):
    answer = HealthMiddleware(lambda request: HttpResponse("twelve bytes"))(rf.head("/"))
    assert answer.content == b"" and answer["Content-Length"] == "12"


GERMAN = {name: german for name, german, _english in map(str.split, ADDRESSES.strip().splitlines())}
ENGLISH = {name: english for name, _german, english in map(str.split, ADDRESSES.strip().splitlines())}


@pytest.mark.parametrize(("language", "addresses"), [("de", GERMAN), ("en", ENGLISH)])
def test_the_addresses_are_those_promised_and_speak_their_language(client, language, addresses):
    for kind in ("imprint", "privacy", "accessibility"):
        PageFactory(kind=kind, slug=kind)
    for name, address in addresses.items():
        with translation.override(language):
            assert reverse(name) == address
        answer = client.get(address)
        assert answer.status_code == 200, address
        if "html" in answer["Content-Type"]:
            assert f'<html lang="{language}"' in answer.text, address


@pytest.mark.parametrize(
    ("address", "words"), [("/impressum/", "Noch nicht geschrieben"), ("/en/imprint/", "Not written yet")]
)
def test_a_legal_page_that_nobody_has_written_says_so_instead_of_ending_nowhere(client, address, words):
    answer = client.get(address)
    assert answer.status_code == 200 and words in answer.text and 'content="noindex"' in answer.text


def test_a_race_has_its_year_and_its_words_in_the_address(client):
    race = RaceFactory(slug="quali", first_day=date(2014, 4, 6))
    assert race.addresses() == ["/rennen/2014/quali/", "/en/races/2014/quali/"]
    assert client.get("/rennen/2013/quali/").status_code == 404


@pytest.mark.parametrize(("address", "words"), [("/gibt-es-nicht/", "Seite"), ("/en/no-such-page/", "page")])
def test_an_unknown_address_answers_404_in_its_language(client, address, words):
    answer = client.get(address, headers={"accept-language": "fr"})
    assert answer.status_code == 404
    assert (
        f'<html lang="{"en" if address.startswith("/en/") else "de"}"' in answer.text and words in answer.text
    )


def test_a_broken_page_answers_500_in_its_language_without_asking_the_database(client, monkeypatch):
    client.raise_request_exception = False

    def broken(request):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("news.urls.home.home.__code__", broken.__code__)
    for address, language in (("/", "de"), ("/en/", "en")):
        answer = client.get(address)
        assert answer.status_code == 500
        assert f'<html lang="{language}"' in answer.text and "broken on purpose" not in answer.text


def test_the_accent_colour_is_a_stylesheet_of_its_own_and_nothing_else(client):
    answer = client.get("/accent-0a7d3b.css")
    assert answer.text == ":root { --accent: #0a7d3b; }\n" and "immutable" in answer["Cache-Control"]
    assert client.get("/accent-red;}body{.css").status_code == 404


def test_another_accent_colour_is_linked_and_the_default_needs_no_request(client):
    assert "/accent-" not in client.get("/").text
    SiteProfile(accent="#0A7D3B").save()
    assert "/accent-0a7d3b.css" in client.get("/").text
