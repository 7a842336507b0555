"""Links inside the site that lead visitors nowhere are found, and no others."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from news.html import sanitize
from news.links import dead_links
from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    DriverFactory,
    PageFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    race = RaceFactory(slug="rennen", first_day=date(2014, 4, 6))
    ResultFactory(classification=ClassificationFactory(session=SessionFactory(race=race)))
    DriverFactory(slug="erika-muster", ours=True)
    DriverFactory(slug="fremd")
    PageFactory(slug="fanclub")
    PageFactory(slug="geheim", published_at=None)
    ArticleFactory(slug="bericht")
    ArticleFactory(slug="report", language="en")
    ArticleFactory(slug="entwurf", stage="writing", published_at=None)
    ArticleFactory(slug="morgen", published_at=timezone.now() + timedelta(days=1))


def dead(*addresses, language="de"):
    body = sanitize("".join(f'<p><a href="{address}">x</a></p>' for address in addresses))
    return [link.address for link in dead_links(body, language)]


def test_what_is_there_is_not_dead(site):
    assert not dead(
        "/", "/en/", "/news/", "/news/bericht/", "/news/bericht/?x=1#y",
        "/en/news/report/", "http://testserver/news/bericht/",
        "/rennen/2014/rennen/", "/en/races/2014/rennen/", "/rennen/2014/rennen/rennen/",
        "/rennen/2014/rennen/rennen.csv",
        "/ergebnisse/2014/", "/fahrer/erika-muster/", "/seite/fanclub/", "/impressum/", "/presse/",
        "/feed/", "/kalender.ics",
        "#unten", "../bericht/", "/news/bericht",
    )  # fmt: skip


def test_what_is_nowhere_or_hidden_is_dead(site):
    gone = [
        "/news/nie/", "/en/news/bericht/", "/en/rennen/2014/rennen/", "/rennen/2015/rennen/",
        "/rennen/2014/rennen/training.csv", "/ergebnisse/1901/", "/fahrer/fremd/", "/nichts/", "/admin/", "http://testserver/nie/",
        "bericht/", "/media/photos/00/weg.jpg", "/media/photos/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    ]  # fmt: skip
    assert dead(*gone) == gone


def test_other_sites_are_not_looked_at(site):
    assert not dead("https://vln.de/nie/", "mailto:a@example.org", "tel:+49", "http://[kaputt/")


def test_a_hidden_row_is_named(site):
    body = '<p><a href="/news/entwurf/" rel="noopener">der <em>Entwurf</em></a> <a href="/seite/geheim/">x</a></p>'
    draft, page = dead_links(body, "de")
    assert (draft.words, draft.hidden.slug, page.hidden.slug) == ("der Entwurf", "entwurf", "geheim")
    assert dead("/news/morgen/") == ["/news/morgen/"]


def test_a_former_address_leads_on_as_long_as_its_page_is_public(site):
    article = ArticleFactory(slug="alt")
    article.slug = "neu"
    article.save()
    assert not dead("/news/alt/")
    article.stage = "review"
    article.save()
    (link,) = dead_links(sanitize('<a href="/news/alt/">x</a>'), "de")
    assert link.hidden == article


def test_a_relative_address_is_read_as_a_browser_does(site):
    assert not dead("../report/", language="en")
    assert dead("../report/", language="de") == ["../report/"]


def test_many_links_cost_as_few_questions_as_one(django_assert_max_num_queries):
    articles = ArticleFactory.create_batch(6)
    links = "".join(f'<p><a href="{each.get_absolute_url()}">x</a></p>' for each in articles)
    gone = "".join(f'<p><a href="/news/gone-{n}/">x</a></p>' for n in range(6))
    with django_assert_max_num_queries(2):
        assert len(dead_links(links + gone, "de")) == 6
