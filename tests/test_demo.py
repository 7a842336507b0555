"""The demo: the facts as they are known and not one more, safe to repeat, and fast by the thousand."""

import datetime
import re
from io import BytesIO, StringIO
from zlib import crc32

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db.models import Max
from django.utils import timezone
from PIL import Image

from driversite.demo import pictures
from driversite.demo.articles import group_of
from driversite.demo.load import load
from driversite.demo.races import next_friday
from driversite.demo.texts import FOLDER, body, data, table
from driversite.models import SiteProfile
from news.career import career_of
from news.html import sanitize, text_of
from news.models import (
    Article,
    Classification,
    Driver,
    Page,
    Photo,
    Race,
    Rendition,
    Result,
    Session,
    Standing,
)
from sponsors.models import Sponsorship

WEDNESDAY = datetime.date(2026, 11, 25)


def small_picture(name):
    """A picture of its own for each name, quick to read and to write."""
    out = BytesIO()
    Image.new("RGB", (30, 20), f"#{crc32(name.encode()) % 0xFFFFFF:06x}").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(autouse=True)
def _pictures_are_small(monkeypatch):
    monkeypatch.setattr(pictures, "data", small_picture)


@pytest.fixture
def demo(db):
    return load(today=WEDNESDAY)


def run(*arguments):
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def result_of(number, slug, kind=None):
    sessions = Session.objects.filter(kind=kind) if kind else Session.objects.races()
    session = sessions.filter(race__slug=slug, classifications__isnull=False).get()
    return session.current_classification().results.get(entry__number=number)


def test_the_qualifying_race_of_2014_is_as_it_was_reported(demo):
    race = Race.objects.get(slug="24h-qualifikationsrennen")
    assert (race.first_day, race.last_day) == (datetime.date(2014, 4, 6), datetime.date(2014, 4, 6))
    assert (str(race.circuit), race.layout.name_de, race.layout.length_m) == (
        "Nürburgring",
        "24h-Variante",
        None,
    )
    assert (race.starters, race.starters_rounded, race.rounds.count()) == (50, True, 0)
    assert race.sessions.get(kind="qualifying_race").planned_minutes == 360

    ours = result_of("20", race.slug)
    assert (ours.position, ours.grid) == (2, "11")
    assert [str(driver) for driver in ours.entry.crew_drivers] == [
        "Jens Klingmann",
        "Claudia Hürtgen",
        "Dominik Baumann",
    ]
    assert (ours.entry.car, ours.entry.team_name) == ("BMW Z4 GT3", "BMW Sports Trophy Team Schubert")
    assert result_of("19", race.slug).grid == "10"
    order = ours.classification.results.order_by("position").values_list("position", "entry__number")
    assert list(order) == [(1, "25"), (2, "20"), (3, "19"), (4, "26"), (5, "")]


def test_the_setting_for_qualifying_races_reaches_that_of_2014(demo):
    klingmann = Driver.objects.get(last_name="Klingmann")
    counted, left = career_of(klingmann, qualifying_races=True), career_of(klingmann, qualifying_races=False)
    slugs = [line.entry.race.slug for line in counted.lines if line not in left.lines]
    assert slugs == ["24h-qualifikationsrennen"]


def test_the_timed_practice_of_2014_has_its_lap_and_no_hour(demo):
    lap = result_of("20", "24h-qualifikationsrennen", kind="qualifying")
    assert (lap.best_lap_ms, lap.position) == (511192, 11)
    assert lap.entry == result_of("20", "24h-qualifikationsrennen").entry
    sessions = Session.objects.filter(race__slug="24h-qualifikationsrennen", kind="qualifying")
    assert [session.starts_at for session in sessions] == [None, None]


def test_what_is_not_known_stays_empty(demo):
    results = Result.objects.all()
    for unknown in (
        "class_position",
        "laps",
        "total_time_ms",
        "gap_ms",
        "gap_laps",
        "points",
        "pole",
        "fastest_lap",
    ):
        assert not results.exclude(**{unknown: None}).exists(), unknown
    assert not results.in_races().exclude(best_lap_ms=None).exists()
    assert set(results.in_races().exclude(grid="").values_list("entry__number", "grid")) == {
        ("20", "11"),
        ("19", "10"),
    }
    opening = Result.objects.get(classification__session__race__slug="vln-lauf-1")
    assert (opening.position, opening.position_or_better, opening.entry.number) == (None, 3, "")
    assert not Classification.objects.filter(session__race__slug="vln-lauf-2").exists()


def test_the_24_hours_of_2014_have_their_winners_and_number_20(demo):
    race = Race.objects.get(slug="24h-rennen")
    assert (race.first_day, race.last_day, race.starters) == (
        datetime.date(2014, 6, 19),
        datetime.date(2014, 6, 22),
        165,
    )
    ours = result_of("20", race.slug)
    assert ours.position == 6
    assert [driver.last_name for driver in ours.entry.crew_drivers] == [
        "Klingmann",
        "Hürtgen",
        "Baumann",
        "Tomczyk",
    ]
    winners = ours.classification.results.get(position=1).entry
    assert (winners.car, winners.team_name) == ("Audi R8 LMS ultra", "Phoenix")


def test_the_seasons_before_are_standings(demo):
    known = Standing.objects.order_by("season__year").values_list(
        "season__series__name", "season__year", "position", "wins", "starts", "points", "number", "team__name"
    )
    assert list(known) == [
        ("Formel BMW Deutschland", 2006, 4, None, None, None, "", None),
        ("Formel BMW Deutschland", 2007, 1, 9, 18, 699, "11", "Eifelland Racing"),
        ("Formel 3 Euro Series", 2008, None, None, None, None, "", None),
    ]


def test_demo_races_lie_ahead_and_say_what_they_are(demo):
    coming = Race.objects.to_come(WEDNESDAY)
    assert [race.state for race in coming] == ["confirmed", "planned", "postponed"]
    assert {race.label_de for race in coming} == {"Demo-Eintrag"}
    assert {race.label_en for race in coming} == {"Demo entry"}
    assert all("Demo" in race.name and "Demo" in str(race.circuit) for race in coming)
    assert not Result.objects.filter(classification__session__race__in=coming).exists()
    first, second, _ = coming
    assert first.first_day == datetime.date(2026, 11, 27)
    starts = [f"{session.track_time:%a %H:%M}" for session in first.sessions.in_order()]
    assert starts == ["Fri 15:30", "Sat 08:30", "Sat 12:00"]
    assert not second.sessions.filter(time_known=True).exists()


@pytest.mark.parametrize("days", range(7))
def test_the_next_demo_race_is_two_to_eight_days_away(days):
    today = WEDNESDAY + datetime.timedelta(days=days)
    friday = next_friday(today)
    assert friday.weekday() == 4
    assert 2 <= (friday - today).days <= 8


def test_the_report_stands_in_both_languages(demo):
    german, english = Article.objects.filter(translation_group=group_of("quali-report")).order_by("language")
    assert german.slug == "von-startplatz-elf-auf-platz-zwei"
    assert english.slug == "from-eleventh-on-the-grid-to-second-place"
    assert german.dateline == "Leimen"
    assert german.race.slug == "24h-qualifikationsrennen"
    assert timezone.localdate(german.published_at) == datetime.date(2014, 4, 6)
    assert "8.31,192 Minuten" in german.body
    assert "8:31.192" in english.body
    assert german.gallery.count() == 3
    assert "Patrick Liepertz" in german.lead_photo.caption_de


def test_every_stage_of_an_article_is_there_to_be_seen(demo):
    at = timezone.make_aware(datetime.datetime.combine(WEDNESDAY, datetime.time(12)))
    public = Article.objects.public(at)
    stages = set(Article.objects.values_list("stage", flat=True))
    assert stages == {"writing", "review", "released"}
    scheduled = Article.objects.filter(stage="released").exclude(pk__in=public)
    assert [article.headline for article in scheduled] == ["Demo-Vorschau: vier Stunden auf dem Demo-Ring"]
    only_german = public.filter(language="de").exclude(
        translation_group__in=public.filter(language="en").values("translation_group")
    )
    assert only_german.count() == 2
    assert public.filter(language="de", lead_photo=None).count() == 1
    assert len({article.published_at.year for article in public}) >= 4
    assert set(Article.Kind.values) == set(public.values_list("kind", flat=True))


@pytest.mark.parametrize("app", ["news", "sponsors", "driversite"])
def test_every_row_would_pass_the_form_of_an_editor(demo, app):
    for model in apps.get_app_config(app).get_models():
        for row in model._default_manager.all():
            row.full_clean()


def test_teasers_fit_and_texts_are_as_the_editor_would_store_them(demo):
    assert max(len(teaser) for teaser in Article.objects.values_list("teaser", flat=True)) <= 200
    for article in Article.objects.all():
        assert article.body == sanitize(article.body)
    assert 350 <= len(text_of(body("articles/quali-report.de")).split()) <= 450


def test_every_text_is_used(demo):
    written = {path.stem for path in (FOLDER / "articles").glob("*.html")}
    used = {
        f"{key}.{language}"
        for key, values in table("articles").items()
        for language in ("de", "en")
        if language in values
    }
    assert written == used
    assert {path.stem for path in (FOLDER / "pictures").glob("*.jpg")} == set(table("photos"))


def test_pictures_are_light_and_carry_words_in_both_languages(demo):
    for path in (FOLDER / "pictures").glob("*.jpg"):
        assert path.stat().st_size < 450_000
        assert sorted(Image.open(path).size) == [1333, 2000]
    for photo in Photo.objects.all():
        assert photo.alt_de
        assert photo.alt_en
        assert photo.caption_de
        assert photo.caption_en
        assert photo.credit == pictures.CREDIT


def test_partners_of_the_race_day_stand_in_two_tiers(demo):
    on_the_day = Sponsorship.objects.public(datetime.date(2014, 4, 6))
    assert [agreement.sponsor.name for agreement in on_the_day] == [
        "Bilstein", "Weiss", "Baumann Logistik", "Maxicard", "MB", "Teichmann",
    ]  # fmt: skip
    assert {agreement.tier.name_de for agreement in on_the_day} == {"Hauptpartner", "Partner"}
    assert all(agreement.sponsor.logo_dark for agreement in on_the_day)


def test_legal_pages_mark_what_is_to_be_filled_in(demo):
    assert set(Page.objects.public().values_list("kind", flat=True)) == {
        "imprint",
        "privacy",
        "accessibility",
    }
    for page in Page.objects.all():
        assert re.search(r"\[[^\]]+\]", page.body_de)
        assert re.search(r"\[[^\]]+\]", page.body_en)


def test_the_site_is_the_drivers(demo):
    profile = SiteProfile.current()
    assert (profile.name, profile.accent, profile.default_language) == ("Jens Klingmann", "#d63c12", "de")
    driver = Driver.objects.ours().get()
    assert driver.story_de
    assert driver.story_en
    assert driver.portrait
    assert driver.facts.count() >= 5


def test_twice_is_once(demo):
    before = {
        model: model.objects.count()
        for model in (Article, Race, Session, Result, Photo, Sponsorship, Rendition)
    }
    last_change = Article.objects.aggregate(last=Max("updated_at"))
    again = load(today=WEDNESDAY)
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)
    assert {model: model.objects.count() for model in before} == before
    assert Article.objects.aggregate(last=Max("updated_at")) == last_change
    assert set(dict(again.users.values()).values()) == {""}


def test_a_week_later_only_what_is_dated_around_today_moves(demo):
    again = load(today=WEDNESDAY + datetime.timedelta(weeks=1))
    assert again.counts["new"] == 0
    moved = Race.objects.get(slug="demo-rennen-vier-stunden")
    assert moved.first_day == datetime.date(2026, 12, 4)
    # Three races with seven sessions, and the article that is scheduled in two languages.
    assert again.counts["changed"] == 3 + 7 + 2


def test_what_an_editor_spoilt_is_brought_back(demo):
    Article.objects.filter(slug="von-startplatz-elf-auf-platz-zwei").update(
        headline="Quatsch", slug="quatsch"
    )
    Result.objects.filter(position=2).update(position=1, grid="")
    load(today=WEDNESDAY)
    report = Article.objects.get(translation_group=group_of("quali-report"), language="de")
    assert report.headline == "Von Startplatz elf auf Platz zwei"
    assert result_of("20", "24h-qualifikationsrennen").grid == "11"


def test_each_role_has_a_user_whose_password_is_shown_once(db):
    first, second = run(), run()
    shown = dict(re.findall(r"^\w+ +(reporter|editor|admin) +(\S+)$", first, re.MULTILINE))
    assert set(shown) == {"reporter", "editor", "admin"}
    assert all(authenticate(username=name, password=password) for name, password in shown.items())
    assert not any(password in second for password in shown.values())
    assert second.count("as it was") == 3
    roles = User.objects.order_by("username").values_list("groups__name", "is_staff", "is_superuser")
    assert list(roles) == [("Administrator", True, False), ("Editor", True, False), ("Reporter", True, False)]


def test_a_password_can_be_given(db):
    run("--password", "known-to-the-bench")
    assert authenticate(username="editor", password="known-to-the-bench")


def test_if_empty_leaves_a_site_with_a_race_alone(db):
    Race.objects.create(name="Sommerrennen", first_day=WEDNESDAY)
    assert "nothing was added" in run("--if-empty")
    assert not Article.objects.exists()
    assert not User.objects.exists()


def test_a_site_of_somebody_else_is_not_renamed(db):
    Race.objects.create(name="Sommerrennen", first_day=WEDNESDAY)
    SiteProfile.objects.create(name="Erika Mustermann")
    with pytest.raises(CommandError, match="races of its own"):
        run()
    assert SiteProfile.current().name == "Erika Mustermann"


def test_generated_articles_are_added_and_can_be_added_again(db):
    assert "25 generated articles were added" in run("--articles", "25")
    run("--articles", "5")
    generated = Article.objects.filter(byline="Demo-Generator")
    assert generated.count() == 30
    assert generated.public().count() == 30
    assert generated.filter(language="en").exists()
    assert generated.values("slug").distinct().count() == 30
    for article in generated:
        article.full_clean()
        assert article.body == sanitize(article.body)
        assert article.body_text == text_of(article.body)


def test_generated_articles_cost_queries_by_the_batch(demo, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr("driversite.demo.generated.BATCH", 100)
    with django_assert_max_num_queries(60):
        run("--articles", "200")


def test_a_picture_gets_its_sizes_once(db, monkeypatch):
    monkeypatch.setattr(pictures, "data", data)
    monkeypatch.setattr(pictures, "table", lambda name: {"disc": table(name)["disc"]})
    load_photos, rows = pictures.load_photos, pictures.Rows
    photo = load_photos(rows())["disc"]
    sizes = set(photo.renditions.values_list("pk", flat=True))
    assert len(sizes) > 10
    assert set(load_photos(rows())["disc"].renditions.values_list("pk", flat=True)) == sizes
    photo.renditions.all().delete()
    assert load_photos(rows())["disc"].renditions.count() == len(sizes)
