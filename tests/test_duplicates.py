"""Made like an earlier one: an article in its languages, and the next season of a series."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from reversion.models import Version

from news.models import Article, GalleryPhoto, Race, Round, Season
from tests.factories import (
    ArticleFactory,
    DriverFactory,
    EntryFactory,
    PhotoFactory,
    PointSchemeFactory,
    RaceFactory,
    SeasonFactory,
    SessionFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db


def test_a_copy_is_a_draft_in_every_language_with_gallery_and_tags_and_without_times_address_and_past(
    admin_client,
):
    photo, tag = PhotoFactory(), TagFactory()
    german = ArticleFactory(headline="Vorschau", lead_photo=photo, slug="vorschau")
    german.tags.add(tag)
    GalleryPhoto.objects.create(article=german, photo=photo, order=2)
    english = ArticleFactory(language="en", headline="Preview", translation_group=german.translation_group)
    english.follows(german)
    english.save()
    admin_client.post(reverse("admin:news_article_duplicate", args=[english.pk]), {"every": "on"})
    copies = {copy.language: copy for copy in Article.objects.exclude(pk__in=[german.pk, english.pk])}
    assert {each.headline for each in copies.values()} == {"Kopie: Vorschau", "Copy: Preview"}
    copy = copies["de"]
    assert (copy.stage, copy.published_at, copy.slug) == ("writing", None, "")
    assert (copy.body, copy.lead_photo, list(copy.tags.all())) == (german.body, photo, [tag])
    assert [(row.photo, row.order) for row in copy.gallery_photos.all()] == [(photo, 2)]
    assert copies["en"].translation_group == copy.translation_group != german.translation_group
    assert (copies["en"].source, copies["en"].is_stale) == (copy, False)
    assert Version.objects.get_for_object(copy).count() == 1


def test_one_language_alone_can_be_copied(admin_client):
    german = ArticleFactory()
    ArticleFactory(language="en", translation_group=german.translation_group)
    admin_client.post(reverse("admin:news_article_duplicate", args=[german.pk]))
    assert Article.objects.count() == 3


@pytest.fixture
def season():
    """Two rounds of 2014 with a timetable and a car of ours."""
    season = SeasonFactory(series__name="VLN", year=2014, scheme=PointSchemeFactory(), counted="8")
    for number, day in ((1, date(2014, 3, 29)), (2, date(2014, 4, 12))):
        race = RaceFactory(name=f"VLN 2014, Lauf {number}", first_day=day, stream_url="https://old.example/")
        Round.objects.create(season=season, race=race, number=number)
        SessionFactory(race=race, starts_at=datetime(2014, day.month, day.day, 10, tzinfo=UTC))
        EntryFactory(race=race, number="20", drivers=[DriverFactory(ours=True)])
        EntryFactory(race=race, number="25")
    return season


def sent(client, season, **changes):
    """What the page proposes, with these changes."""
    form = client.get(reverse("admin:news_season_next", args=[season.pk])).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (False, None, "")}
    return client.post(reverse("admin:news_season_next", args=[season.pk]), data | changes)


def test_the_next_season_has_the_same_races_52_weeks_later(admin_client, season):
    assert sent(admin_client, season, cars="ours").status_code == 302
    new = Season.objects.get(year=2015)
    assert (new.scheme, new.counted) == (season.scheme, "8")
    first, second = (each.race for each in new.rounds.order_by("number"))
    assert (first.name, first.first_day, first.state) == ("VLN 2015, Lauf 1", date(2015, 3, 28), "planned")
    assert second.first_day == date(2015, 4, 11) and second.first_day.weekday() == 5
    assert first.stream_url == ""
    assert [session.track_time.hour for session in first.sessions.all()] == [11]
    assert [entry.number for entry in first.entries.all()] == ["20"]


def test_dates_are_put_right_and_races_left_out_before_anything_is_stored(admin_client, season):
    first, second = season.rounds.order_by("number")
    assert not Season.objects.filter(year=2015).exists()
    sent(admin_client, season, **{f"day_{first.pk}": "2015-04-04", f"take_{second.pk}": ""})
    (only,) = Season.objects.get(year=2015).rounds.all()
    assert only.race.first_day == date(2015, 4, 4)
    assert only.race.entries.count() == 0


def test_a_day_in_another_year_is_refused_and_nothing_is_stored(admin_client, season):
    first = season.rounds.first()
    answer = sent(admin_client, season, **{f"day_{first.pk}": "2016-04-04"})
    assert answer.status_code == 200 and answer.context["form"].errors
    assert (Season.objects.count(), Race.objects.count()) == (1, 2)


def test_a_race_that_is_there_already_joins_the_season(admin_client, season):
    there = RaceFactory(name="VLN 2015, Lauf 1", first_day=date(2015, 3, 21))
    sent(admin_client, season)
    assert Season.objects.get(year=2015).rounds.get(number=1).race == there
    assert Race.objects.filter(year=2015).count() == 2


def test_a_season_that_is_there_already_is_not_made_twice(admin_client, season):
    SeasonFactory(series=season.series, year=2015)
    answer = sent(admin_client, season, year="2015")
    assert "year" in answer.context["form"].errors


def test_a_race_of_new_year_stays_in_the_new_year(admin_client):
    season = SeasonFactory(year=2014)
    Round.objects.create(season=season, race=RaceFactory(first_day=date(2014, 1, 1)), number=1)
    sent(admin_client, season)
    assert Race.objects.get(year=2015).first_day == date(2015, 1, 7)
