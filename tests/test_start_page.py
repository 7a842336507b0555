"""The start page of the newsroom: what is next, what waits for whom, what is missing; and it stays short."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article, OpenForm, Step
from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    PhotoFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
    ShareLinkFactory,
    SponsorshipFactory,
)

pytestmark = pytest.mark.django_db

BUDGET = 25
WRITING = {"stage": Article.Stage.WRITING, "published_at": None}


@pytest.fixture
def desk(client):
    """`desk("Reporter")`: the start page in English, as somebody of this group sees it."""

    def opened(group):
        user, _ = User.objects.get_or_create(username=group.lower(), is_staff=True)
        user.groups.set([Group.objects.get(name=group)])
        client.force_login(user)
        return client.get("/admin/", headers={"Accept-Language": "en"}).text

    return opened


def part(page, heading):
    """The text of one part of the page."""
    found = re.search(rf"<section class=\"part\"[^>]*><h2>{heading}</h2>(.*?)</section>", page, re.S)
    return found[1] if found else ""


def ahead(**ahead):
    """A race whose session starts so far from now, at a track with other clocks."""
    start = timezone.now() + timedelta(**ahead)
    race = RaceFactory(circuit__time_zone="Asia/Tokyo", first_day=start.date())
    return SessionFactory(race=race, starts_at=start, planned_minutes=360)


def test_the_next_session_stands_on_top_by_both_clocks_with_what_is_left(desk):
    ahead(days=9)
    session = ahead(days=2, hours=3, minutes=4, seconds=30)
    page = desk("Reporter")
    board = page[page.index('class="board"') : page.index('class="doors"')]
    assert "Next session" in board and f"/admin/news/session/{session.pk}/change/" in board
    assert f'data-until="{session.starts_at.isoformat()}"' in board
    assert re.findall(r"<dd>(\d+)</dd>", board) == ["2", "03", "05"]
    assert session.track_time.strftime("%H:%M") in board
    assert timezone.localtime(session.starts_at).strftime("%H:%M") in board


def test_a_session_under_way_is_said_to_be_until_its_list_is_there(desk):
    session = ahead(hours=-2)
    assert "On the track now" in desk("Editor")
    ClassificationFactory(session=session)
    assert "On the track now" not in desk("Editor")


def test_a_race_without_a_known_start_is_still_the_next_one(desk):
    RaceFactory(name="Vier Stunden", first_day=timezone.localdate() + timedelta(days=3))
    board = desk("Editor")
    assert "Vier Stunden" in board and "No start is known yet." in board


def test_drafts_say_whose_they_are_and_ones_own_come_first(desk):
    desk("Reporter")
    erika = User.objects.create_user("erika", first_name="Erika", last_name="Muster")
    ArticleFactory(headline="Mein Entwurf", author=User.objects.get(username="reporter"), **WRITING)
    ArticleFactory(headline="Ihr Entwurf", author=erika, **WRITING)
    drafts = part(desk("Reporter"), "Drafts")
    assert drafts.index("Mein Entwurf") < drafts.index("Ihr Entwurf")
    assert "by you" in drafts and "Erika Muster" in drafts
    assert drafts.count("changed today") == 2


def test_whoever_else_has_a_draft_open_is_named_while_they_do(desk):
    desk("Editor")
    erika = User.objects.create_user("erika", first_name="Erika", last_name="Muster")
    OpenForm.objects.report(ArticleFactory(**WRITING).pk, erika)
    OpenForm.objects.report(ArticleFactory(**WRITING).pk, User.objects.get(username="editor"))
    drafts = part(desk("Editor"), "Drafts")
    assert drafts.count("Open at the moment") == drafts.count("Open at the moment: Erika Muster") == 1
    OpenForm.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    assert "Open at the moment" not in desk("Editor")


def test_what_came_back_stands_first_with_the_remark_until_it_is_handed_in_again(desk):
    desk("Reporter")
    author = User.objects.get(username="reporter")
    article = ArticleFactory(headline="Zurück", author=author, **WRITING)
    for kind, remark in (("hand_in", ""), ("return", "Bitte den Startplatz prüfen.")):
        Step.objects.create(article=article, kind=kind, remark=remark, version=1)
    page = desk("Reporter")
    assert "Bitte den Startplatz prüfen." in part(page, "Returned to you")
    assert "Zurück" not in part(page, "Drafts")
    assert "Returned to you" not in desk("Editor")
    Step.objects.create(article=article, kind="hand_in", version=2)
    assert "Returned to you" not in desk("Reporter")


def test_a_translation_is_behind_until_it_follows_its_source(desk):
    german = ArticleFactory(language="de", body="<p>Alt.</p>")
    english = ArticleFactory(language="en", headline="Second", translation_group=german.translation_group)
    english.follows(german)
    english.save()
    assert "None: every translation" in part(desk("Editor"), "Translations that are behind")
    german.body = "<p>Neu.</p>"
    german.save()
    behind = part(desk("Editor"), "Translations that are behind")
    assert "Second" in behind and "DE changed today" in behind


def test_what_was_handed_in_and_what_will_appear_has_its_own_part(desk):
    ArticleFactory(headline="Eingereicht", stage=Article.Stage.REVIEW, published_at=None)
    ArticleFactory(headline="Geplant", published_at=timezone.now() + timedelta(hours=30))
    page = desk("Editor")
    assert "Eingereicht" in part(page, "Waiting for an editor")
    assert "Geplant" in part(page, "Appears next")
    assert "No drafts" in part(page, "Drafts")


def test_a_race_of_ours_that_is_over_misses_its_result(desk, driver):
    def driven(name, **fields):
        session = SessionFactory(race=RaceFactory(name=name, first_day=date(2014, 4, 6), **fields))
        return session, EntryFactory(race=session.race, drivers=[driver])

    driven("Ohne Liste")
    driven("Abgesagt", state="cancelled")
    with_list, car = driven("Mit Liste")
    ResultFactory(classification=ClassificationFactory(session=with_list), entry=car)
    foreign = SessionFactory(race=RaceFactory(name="Ohne uns", first_day=date(2014, 4, 6)))
    EntryFactory(race=foreign.race, drivers=[DriverFactory()])
    missing = part(desk("Editor"), "Results are missing")
    assert re.findall(r"(\w+ \w+), Race</a>", missing) == ["Ohne Liste"]


def test_a_race_that_is_not_over_misses_nothing(desk):
    ahead(hours=-1)
    assert "None: every race" in part(desk("Editor"), "Results are missing")


def test_licences_and_agreements_that_end_soon_are_named_to_those_who_may_see_them(desk):
    soon = timezone.localdate() + timedelta(days=20)
    PhotoFactory(caption_de="Boxengasse", caption_en="Pit lane", licence_ends_on=soon)
    SponsorshipFactory(sponsor__name="Bilstein", ends_on=soon)
    SponsorshipFactory(sponsor__name="Noch lange", ends_on=soon + timedelta(days=90))
    for group, partners in (("Editor", True), ("Reporter", False)):
        ending = part(desk(group), "Ends within 30 days")
        assert "Pit lane" in ending and "Noch lange" not in ending
        assert ("Bilstein" in ending) is partners


def test_a_reporter_is_not_asked_for_results_that_only_editors_enter(desk, driver):
    EntryFactory(race=SessionFactory().race, drivers=[driver])
    page = desk("Reporter")
    assert "Results are missing" not in page and "Enter a result" not in page


def grow(n, own):
    """Add n of everything that the page shows."""
    for number in range(n):
        author = User.objects.create_user(f"writer{User.objects.count()}")
        ArticleFactory(author=author, **WRITING)
        ArticleFactory(author=author, stage=Article.Stage.REVIEW, published_at=None)
        ArticleFactory(author=author, published_at=timezone.now() + timedelta(days=1 + number))
        stale = ArticleFactory(author=author, language="en", source=ArticleFactory(author=author))
        OpenForm.objects.report(stale.pk, author)
        Step.objects.create(article=ArticleFactory(author=own, **WRITING), kind="return", version=1)
        SessionFactory(race=RaceFactory(first_day=date(2014, 4, 1) + timedelta(days=number)))
        PhotoFactory(licence_ends_on=timezone.localdate() + timedelta(days=5))
        SponsorshipFactory(ends_on=timezone.localdate() + timedelta(days=5))
        ahead(days=number + 1)


@pytest.mark.parametrize("group", ["Reporter", "Editor", "Administrator"])
def test_the_start_page_costs_the_same_however_much_waits(client, desk, group):
    desk(group)
    own = User.objects.get(username=group.lower())
    grow(1, own)
    desk(group)
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/")
    grow(12, own)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/admin/").text
    assert len(many) <= len(few) <= BUDGET
    assert page.count('<li><a href="/admin/news/article/') <= 5 * 6


def test_a_driver_finds_the_drafts_that_were_shared_with_them(desk):
    desk("Driver")
    driver = User.objects.get(username="driver")
    mine = ShareLinkFactory(user=driver, article__headline="Zum Gegenlesen")
    ShareLinkFactory(article__headline="Für andere")
    ShareLinkFactory(user=driver, article__headline="Widerrufen", revoked_at=timezone.now())
    page = desk("Driver")
    assert "Zum Gegenlesen" in part(page, "Shared with you") and f"/{mine.token}/" in page
    assert "Für andere" not in page and "Widerrufen" not in page


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/admin/news/article/", "Artikel"),
        ("/admin/news/article/add/", "Artikel"),
        ("/admin/news/article/planner/", "Was wann erscheint"),
    ],
)
def test_the_menu_marks_one_place_the_nearest(admin_client, address, marked):
    side = re.search(r'<nav class="side".*?</nav>', admin_client.get(address).text, re.S)[0]
    assert re.findall(r'aria-current="page">([^<]+)', side) == [marked]
