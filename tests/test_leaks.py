"""Promise 1: what is not released is on no page, in no feed and in no file; nor is what only the newsroom knows."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from driversite.models import SiteProfile
from news.history import name_milestone, new_version, versions_of
from news.models import Article, FormerAddress, OpenForm, RollingDraft, Tag
from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    PageFactory,
    PhotoFactory,
    RaceFactory,
    ResultFactory,
    ResultImportFactory,
    SeasonFactory,
    SessionFactory,
    ShareLinkFactory,
    SponsorshipFactory,
    StandingFactory,
    TagFactory,
)
from tests.visitor import START, text_of, visit_everything, whole_sitemap

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# The search finds parts of words, and says again what was asked for: not the whole marker.
WAYS_IN = [address.replace("marker", "marke") for address in START] + [
    "/news/?tag=marker-draft",
    "/en/news/?tag=marker-draft",
    "/news/?kind=column",
    "/en/news/?kind=column",
    "/news/?tag=bekannt&kind=report",
    "/kalender/2014/4/",
    "/en/calendar/2014/4/",
    "/ergebnisse/2014/kalender.ics",
    "/galerie/?page=1",
    "/alte-adresse/",
    "/news/frueher/",
    "/sitemap-articles-0.xml",
    "/news/geloescht/",
    "/en/news/geloescht/",
]

# Every kind of page and file: the crawl has to come by.
EVERYWHERE = """
/feed/ /feed.json /en/feed/ /en/feed.json /sitemap.xml /sitemap-news.xml /robots.txt /kalender.ics /en/calendar.ics
bekannt.ics /kalender/2014/4/ /en/calendar/2014/4/ /ergebnisse/2014/ /ergebnisse/2014/kalender.ics /en/results/2014/
/rennen/2014/bekannt/rennen/ rennen.csv race.csv /rennen/liste- /race/list- /rennen/sp9/ /race/sp7/ /qualifying/
/fahrer/erika-muster/rennen/?year= /en/driver/erika-muster/races/?circuit= figure=starts /presse/ /galerie/ /partner/
/suche/ /impressum/ /cookies/ /media/photos/ /media/logos/ /news/?tag=bekannt ?kind=report
"""


@pytest.fixture
def public(monkeypatch):
    """A site that has one of everything, all of it public; hidden things hang on it."""
    # Drawing all sizes of all pictures takes longer than the tests.
    monkeypatch.setattr("news.pictures.WIDTHS", (480,))
    SiteProfile.objects.create(name="Erika Muster")
    driver = DriverFactory(first_name="Erika", last_name="Muster", ours=True, portrait=PhotoFactory())
    season = SeasonFactory(year=2014)
    race = RaceFactory(name="Bekanntes Rennen", name_en="Known race", slug="bekannt")
    season.rounds.create(race=race, number=1)
    RaceFactory(name="Nächstes Rennen", first_day=timezone.localdate() + DAY)
    entries = [
        EntryFactory(race=race, drivers=[driver], car_class="SP9"),
        EntryFactory(race=race, drivers=[DriverFactory()], car_class="SP7"),
    ]
    for kind in ("qualifying", "race"):
        session = SessionFactory(race=race, kind=kind)
        # The older list can be looked at as well.
        for state in ("provisional", "official"):
            result_list = ClassificationFactory(session=session, state=state, source="Veranstalter")
            for place, entry in enumerate(entries, start=1):
                ResultFactory(classification=result_list, entry=entry, position=place)
    StandingFactory(season=season, driver=driver)
    tag = TagFactory(name_de="Bekannt", name_en="Known", slug="bekannt")
    articles = [
        ArticleFactory(language=language, headline=f"Bekannter Bericht {language}", race=race, kind=kind)
        for language in ("de", "en")
        for kind in ("report", "column")
    ]
    for article in articles:
        article.tags.add(tag)
    SponsorshipFactory()
    return articles


def marked_photo(why, **values):
    words = {
        name: f"marker {name} {why}" for name in ("alt_de", "alt_en", "caption_de", "caption_en", "credit")
    }
    return PhotoFactory(renditions=True, **words | values)


def marked_article(why, language, public, **stage):
    """With a marker in each field that takes words, a photo, tags and the race of the public ones."""
    words = {name: f"marker {name} {why} {language}" for name in ("headline", "teaser", "dateline", "byline")}
    photo = marked_photo(why)
    article = ArticleFactory(
        language=language,
        slug=f"marker-{why.replace(' ', '-')}",
        body='<p>marker body</p><p><a href="/marker-link/" title="marker">marker</a></p>',
        race=public.race,
        lead_photo=photo,
        pinned=True,
        **words | stage,
    )
    article.gallery_photos.create(photo=photo)
    slug = f"marker-{why.replace(' ', '-')}"
    own_tag, _made = Tag.objects.get_or_create(
        slug=slug, defaults={"name_de": f"marker Thema {why}", "name_en": f"marker topic {why}"}
    )
    article.tags.add(own_tag, *public.tags.all())
    return article


@pytest.fixture
def hidden(public):
    """Articles in every state that visitors must not see, in both languages."""
    now = timezone.now()
    states = {
        "draft": {"stage": "writing", "published_at": None},
        "draft with a time": {"stage": "writing", "published_at": now - DAY},
        "in review": {"stage": "review", "published_at": now - DAY},
        "scheduled": {"stage": "released", "published_at": now + timedelta(hours=1)},
        "expired": {"stage": "released", "published_at": now - 2 * DAY, "expires_at": now - DAY},
        "taken back": {"stage": "review", "published_at": now - 9 * DAY, "expires_at": now + DAY},
    }
    articles = [
        marked_article(why, language, public[0], **stage)
        for why, stage in states.items()
        for language in ("de", "en")
    ]
    # One is the other language of a public article, one has a public address of former days, and one of a public one's.
    Article.objects.filter(pk=articles[1].pk).update(translation_group=public[1].translation_group)
    FormerAddress.objects.create(path="/alte-adresse/", article=articles[0])
    FormerAddress.objects.create(path="/news/frueher/", article=articles[4])
    # A draft is shown to somebody, who has answered; what was public for a day was corrected before it went.
    link = ShareLinkFactory(article=articles[0], name="marker", both_languages=True)
    link.answers.create(
        article=articles[0],
        verdict="changes",
        name="marker",
        remark="marker",
        version=1,
        fingerprint="marker",
    )
    for article in articles[-4:]:
        article.corrections.create(text="marker correction")
    return articles


@pytest.fixture
def deleted(public):
    """Articles that were public under addresses that say nothing, and are gone with all that they said."""
    for language in ("de", "en"):
        article = marked_article("deleted", language, public[0], published_at=timezone.now() - DAY)
        Article.objects.filter(pk=article.pk).update(slug="geloescht")
        article.refresh_from_db()
        article.corrections.create(text="marker correction")
        article.delete()


def former_texts(article, user):
    """What a public article said once, is called in its history, and what somebody is just typing into it."""
    with new_version(article.pk, user, comment="marker comment") as stored:
        headline, stored.headline = stored.headline, "marker former"
        stored.save()
    name_milestone(versions_of(article.pk).first(), "marker milestone")
    with new_version(article.pk, user) as stored:
        stored.headline = headline
        stored.save()
    typed = {"fields": {"headline": ["marker unsaved"], "body": ["<p>marker unsaved</p>"]}, "rows": {}}
    RollingDraft.objects.create(article=article, user=user, based_on=stored.version, data=typed)
    OpenForm.objects.report(article.pk, user)


@pytest.fixture
def newsroom(public):
    """What only the newsroom knows: names and addresses of people, the log of imports, the log of changes."""
    today = timezone.localdate()
    user = User.objects.create_user(
        "marker-user", email="marker@marker.example", first_name="marker", last_name="marker", is_staff=True
    )
    Article.objects.filter(headline__startswith="Bekannt").update(author=user)
    result_list = public[0].race.sessions.first().classifications.first()
    ResultImportFactory(
        session=result_list.session,
        classification=result_list,
        user=user,
        target="marker target",
        file_name="marker.csv",
        checksum="marker",
        messages=["marker message"],
        footprint={"made": {"marker": [1]}, "before": {}},
    )
    # The way of a public article through the newsroom.
    public[0].steps.create(kind="return", user=user, remark="marker remark", version=1)
    former_texts(public[0], user)
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Article),
        object_id=public[0].pk,
        object_repr="marker",
        action_flag=CHANGE,
        change_message="marker",
    )
    # A page and a partner whose time has not come, photos whose time is over or that nobody has used.
    PageFactory(slug="marker", title_de="marker", title_en="marker", published_at=timezone.now() + DAY)
    PageFactory(slug="marker-2", title_de="marker", title_en="marker", published_at=None)
    SponsorshipFactory(
        sponsor__name="marker", sponsor__website="https://marker.example/", starts_on=today + 9 * DAY
    )
    SponsorshipFactory(sponsor__name="marker over", starts_on=today - 90 * DAY, ends_on=today - 60 * DAY)
    marked_photo("not used")
    ended = marked_photo("ended", for_press=True, licence_ends_on=today - DAY)
    public[0].gallery_photos.create(photo=ended)
    Article.objects.filter(pk=public[2].pk).update(lead_photo=ended)
    return user


def around_marker(response):
    """Where a marker stands in an answer or its head; "" where there is none."""
    said = f"{response.headers} {text_of(response)}"
    at = said.lower().find("marker")
    return "" if at < 0 else said[max(0, at - 80) : at + 80]


def test_nothing_hidden_is_on_any_page_feed_or_file(client, public, hidden, deleted, newsroom):
    found, seen = {}, []
    for address, response in visit_everything(client, WAYS_IN):
        seen.append(address)
        if said := around_marker(response):
            found[address] = said
    assert found == {}
    assert len(seen) > 100
    assert {article.get_absolute_url() for article in public} <= set(seen)
    missed = [part for part in EVERYWHERE.split() if not any(part in address for address in seen)]
    assert missed == []
    # A shared draft is found by nobody who was not given its address.
    assert [address for address in seen if "/vorschau/" in address or "/preview/" in address] == []
    # The crawl came to its end, not to its limit.
    assert len(seen) < 350


def test_the_markers_are_there_once_they_are_released(client, hidden):
    """Or the crawl would find nothing, wherever it looked."""
    Article.objects.update(stage="released", published_at=timezone.now() - DAY, expires_at=None)
    surfaces = "/ /news/ /feed/ /feed.json /sitemap-news.xml /suche/?q=marke /presse/ /galerie/"
    ways = [
        *surfaces.split(),
        "/rennen/2014/bekannt/",
        "/news/?tag=marker-draft",
        "/alte-adresse/",
        "/news/frueher/",
    ]
    assert [address for address in ways if not around_marker(client.get(address))] == []
    assert "marker" in whole_sitemap(client)


def test_hidden_articles_and_pages_are_as_if_they_were_not_there(client, hidden, newsroom):
    missing = client.get("/news/markes/")
    for article in hidden:
        answer = client.get(article.get_absolute_url())
        assert answer.status_code == 404 and "Location" not in answer.headers, article
        if article.language == "de":
            assert answer.text.replace(article.slug, "") == missing.text.replace("markes", ""), article
    for address in (
        "/seite/marker/",
        "/en/page/marker/",
        "/seite/marker-2/",
        "/alte-adresse/",
        "/news/frueher/",
    ):
        assert client.get(address).status_code == 404, address


def test_a_tag_that_stands_on_hidden_articles_only_is_none(client, hidden):
    unknown = client.get("/news/?tag=unbekannt").status_code
    assert client.get("/news/?tag=marker-draft").status_code == unknown == 404
    assert client.get("/news/?tag=bekannt").status_code == 200
    assert [tag.slug for tag in Tag.objects.public()] == ["bekannt"]
