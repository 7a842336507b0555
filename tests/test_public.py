"""Promises 2, 7 and 8: release to the second, the same page for all, links live for ever."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone as django_timezone

from news.models import Article, FormerAddress, Photo, Race
from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    PageFactory,
    PhotoFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
    ShareLinkFactory,
    SponsorshipFactory,
    TagFactory,
)
from tests.visitor import text_of, visit_everything, whole_sitemap

pytestmark = pytest.mark.django_db
# Ahead of the clock of the database, which notes by itself when something changed.
SIX = (datetime.now(UTC) + timedelta(days=2)).replace(hour=17, minute=0, second=0, microsecond=0)


@pytest.fixture
def clock(monkeypatch):
    """`clock(instant)` sets the time of the whole site, as if the visitor came then."""
    return lambda instant: monkeypatch.setattr(django_timezone, "now", lambda: instant)


SECOND = timedelta(seconds=1)
POSSIBLE_ROWS = [
    (stage, published, expires)
    for stage in Article.Stage.values
    for published in (None, SIX - 2 * SECOND, SIX, SIX + SECOND)
    for expires in (None, SIX - SECOND, SIX, SIX + 2 * SECOND)
    # The database refuses the others.
    if (stage != "released" or published) and (not published or not expires or expires > published)
]


@pytest.mark.parametrize(("stage", "published", "expires"), POSSIBLE_ROWS)
def test_a_row_at_hand_is_public_when_the_queryset_says_so(stage, published, expires):
    article = ArticleFactory(stage=stage, published_at=published, expires_at=expires)
    assert article.is_public(SIX) == Article.objects.public(SIX).filter(pk=article.pk).exists()


# Wherever a link to a new report stands: lists, files, and pages of what it is about or beside of.
SURFACES = {
    "de": """/ /news/ /news/?kind=report /news/?tag=thema /feed/ /feed.json sitemap /sitemap-news.xml
        /suche/?q=achtzehn /presse/ /rennen/2014/rennen/ /news/davor/ /en/news/other-language/""",
    "en": """/en/ /en/news/ /en/news/?kind=report /en/news/?tag=thema /en/feed/ /en/feed.json sitemap
        /sitemap-news.xml /en/search/?q=achtzehn /en/press/ /en/races/2014/rennen/ /en/news/davor/
        /news/other-language/""",
}


@pytest.fixture(params=["de", "en"])
def at_six(request):
    """An article with all that could give it away, and its surfaces in its language."""
    race, tag = RaceFactory(slug="rennen"), TagFactory(slug="thema")
    before = ArticleFactory(
        language=request.param, slug="davor", published_at=SIX - timedelta(days=9), race=race
    )
    article = ArticleFactory(
        language=request.param,
        headline="Punkt achtzehn Uhr",
        published_at=SIX,
        race=race,
        lead_photo=PhotoFactory(renditions=True),
    )
    for each in (before, article):
        each.tags.add(tag)
    ArticleFactory(
        language="en" if request.param == "de" else "de",
        slug="other-language",
        published_at=SIX - timedelta(days=9),
        translation_group=article.translation_group,
    )
    return article, SURFACES[request.param].split()


def found_on(client, article, surfaces):
    """The surfaces that know of the article, and whether its own page is there."""
    address = article.get_absolute_url()
    texts = {
        surface: whole_sitemap(client) if surface == "sitemap" else client.get(surface).text
        for surface in surfaces
    }
    found = {surface for surface, text in texts.items() if address in text}
    return found, client.get(address).status_code == 200


def test_a_scheduled_article_appears_on_its_second_on_every_surface(client, clock, at_six):
    article, surfaces = at_six
    link = ShareLinkFactory(
        article=article, expires_at=SIX + timedelta(days=1), created_at=SIX - timedelta(days=1)
    )
    clock(SIX - timedelta(seconds=1))
    assert found_on(client, article, surfaces) == (set(), False)
    assert client.get(link.get_absolute_url()).status_code == 200
    clock(SIX)
    assert found_on(client, article, surfaces) == ({*surfaces}, True)
    assert client.get(link.get_absolute_url()).headers["Location"] == article.get_absolute_url()


def test_an_expired_article_is_gone_on_its_second_from_every_surface(client, clock, at_six):
    article, surfaces = at_six
    end = SIX + timedelta(hours=1)
    Article.objects.filter(pk=article.pk).update(expires_at=end)
    clock(end - timedelta(seconds=1))
    assert found_on(client, article, surfaces) == ({*surfaces}, True)
    clock(end)
    assert found_on(client, article, surfaces) == (set(), False)


def test_a_photo_is_public_only_with_a_public_article_or_for_the_press():
    _unused, draft, shown, press, ended = PhotoFactory.create_batch(5)
    ArticleFactory(stage="writing", published_at=None, lead_photo=draft)
    ArticleFactory(lead_photo=ended).gallery_photos.create(photo=shown)
    Photo.objects.filter(pk=press.pk).update(for_press=True)
    Photo.objects.filter(pk=ended.pk).update(licence_ends_on=django_timezone.localdate() - timedelta(days=1))
    assert set(Photo.objects.public()) == {shown, press}


def test_a_changed_slug_redirects_in_both_languages(client):
    german, english = ArticleFactory(slug="alt"), ArticleFactory(language="en", slug="old")
    for article, slug in ((german, "neu"), (english, "new")):
        article.slug = slug
        article.save()
    assert client.get("/news/alt/").headers["Location"] == "/news/neu/"
    assert client.get("/en/news/old/").headers["Location"] == "/en/news/new/"
    assert client.get("/news/alt/").status_code == 301


def test_a_slug_changed_twice_leads_straight_to_the_last_address(client):
    article = ArticleFactory(slug="eins")
    for slug in ("zwei", "drei"):
        article.slug = slug
        article.save()
    assert client.get("/news/eins/").headers["Location"] == "/news/drei/"
    assert client.get("/news/zwei/").headers["Location"] == "/news/drei/"


def test_a_former_address_in_use_again_shows_what_is_there_now(client):
    article = ArticleFactory(slug="eins")
    article.slug = "zwei"
    article.save()
    ArticleFactory(slug="eins", headline="Der Neue")
    assert "Der Neue" in client.get("/news/eins/").text


def test_a_former_address_does_not_betray_an_article_taken_back(client):
    article = ArticleFactory(slug="alt")
    article.slug = "neu"
    article.save()
    Article.objects.update(stage="writing")
    assert client.get("/news/alt/").status_code == 404


def test_a_draft_leaves_no_former_addresses():
    article = ArticleFactory(stage="writing", published_at=None, slug="alt")
    article.slug = "neu"
    article.save()
    assert not FormerAddress.objects.exists()


def test_a_renamed_driver_of_ours_redirects_in_both_languages_with_all_below(client):
    DriverFactory(ours=True)
    driver = DriverFactory(ours=True, slug="alt")
    driver.slug = "neu"
    driver.save()
    assert client.get("/fahrer/alt/")["Location"] == "/fahrer/neu/"
    assert client.get("/en/driver/alt/")["Location"] == "/en/driver/neu/"
    assert client.get("/fahrer/alt/rennen/")["Location"] == "/fahrer/neu/rennen/"


def test_other_drivers_have_no_page_and_no_former_address(client):
    driver = DriverFactory(slug="alt")
    driver.slug = "neu"
    driver.save()
    assert not FormerAddress.objects.exists()


def test_a_renamed_race_redirects_in_both_languages(client):
    race = RaceFactory(slug="alt")
    Race.objects.get(pk=race.pk)
    race.slug = "neu"
    race.save()
    assert client.get("/rennen/2014/alt/").headers["Location"] == "/rennen/2014/neu/"
    assert client.get("/en/races/2014/alt/").headers["Location"] == "/en/races/2014/neu/"


@pytest.fixture
def a_whole_site(db):
    """One of each kind of thing that a visitor can see."""
    ours = DriverFactory(ours=True, first_name="Jens", last_name="Klingmann")
    race = RaceFactory(name="Qualifikationsrennen")
    session = SessionFactory(race=race)
    entry = EntryFactory(race=race, drivers=[ours])
    ResultFactory(classification=ClassificationFactory(session=session), entry=entry)
    RaceFactory(first_day=django_timezone.localdate() + timedelta(days=5))
    article = ArticleFactory(race=race, lead_photo=PhotoFactory(renditions=True))
    ArticleFactory(language="en", translation_group=article.translation_group)
    PhotoFactory(for_press=True, renditions=True)
    SponsorshipFactory()
    for kind in ("imprint", "privacy", "accessibility"):
        PageFactory(kind=kind, slug=kind)
    return article


def test_public_pages_set_no_cookie_and_are_the_same_for_everyone(client, django_user_model, a_whole_site):
    django_user_model.objects.create_superuser("chief", password="pit-lane-speed")
    plain = {address: (response, text_of(response)) for address, response in visit_everything(client)}
    client.login(username="chief", password="pit-lane-speed")
    client.cookies.load(
        {
            "cookie_consent": "essential=2026-11-01T00:00:00+00:00|media=-1",
            "visits": "1",
            "csrftoken": "x" * 32,
        }
    )
    for address, (response, body) in plain.items():
        if address.endswith(
            "/cookies/"
        ):  # the one page that shows the visitor's own choice; it is never stored
            continue
        again = client.get(address, headers={"accept-language": "en-GB", "user-agent": "Another/1.0"})
        assert text_of(again) == body, address
        assert "Set-Cookie" not in response.headers and not response.cookies, address
        assert not again.cookies, address
        vary = response.headers.get("Vary", "").lower()
        assert "cookie" not in vary and "accept-language" not in vary, address


def test_every_link_of_the_site_leads_somewhere(client, a_whole_site):
    unknown = {"/diese-seite-gibt-es-nicht/", "/en/there-is-no-such-page/", "/.well-known/security.txt"}
    for address, response in visit_everything(client):
        if address not in unknown:
            assert response.status_code in (200, 301, 302), address


def test_every_page_carries_the_strict_policy(client, a_whole_site):
    for address, response in visit_everything(client):
        if "html" in response.get("Content-Type", ""):
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "unsafe" not in policy and "nonce" not in policy, (
                address
            )
            assert response.headers["X-Content-Type-Options"] == "nosniff", address


def test_nothing_fades_in_from_the_browsers_own_colours_while_a_page_loads():
    rules = Path(finders.find("css/site.css")).read_text()
    moving = re.findall(r"([^{};]*)\{[^{}]*transition:", rules)
    assert moving and all(":hover" in selector for selector in moving)
