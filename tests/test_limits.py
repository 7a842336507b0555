"""Promise 10 for mistyped values: refused at the field with a sentence, so that no page and no calendar breaks."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from news.html import sanitize
from news.links import dead_links
from news.models import Layout, Session
from news.times import Gap, NotATime, parse_gap, parse_time
from tests.factories import (
    ArticleFactory,
    CircuitFactory,
    DriverFactory,
    PageFactory,
    PhotoFactory,
    RaceFactory,
    ResultFactory,
    SeasonFactory,
    SessionFactory,
    SponsorshipFactory,
    StandingFactory,
)
from tests.forms import complaints, filled_in

pytestmark = pytest.mark.django_db
FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)


def refused(row, **values):
    """The fields at which the row with these values is refused."""
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return set(error.value.message_dict)


@pytest.mark.parametrize("instant", [FIRST, LAST])
def test_a_mistyped_year_is_refused_wherever_a_time_is_entered(instant):
    assert "published_at" in refused(ArticleFactory(), published_at=instant)
    assert "first_day" in refused(RaceFactory(), first_day=instant.date())
    assert "starts_at" in refused(SessionFactory(), starts_at=instant)
    assert "taken_on" in refused(PhotoFactory(), taken_on=instant.date())
    assert "starts_on" in refused(SponsorshipFactory(), starts_on=instant.date())
    assert "year" in refused(SeasonFactory(), year=99999)


@pytest.mark.parametrize(("field", "value"), [("planned_minutes", 99_999_999), ("planned_laps", 99_999_999)])
def test_a_session_lasts_no_longer_than_two_weeks(field, value):
    assert field in refused(SessionFactory(), **{field: value})


@pytest.mark.parametrize(
    "text", ["99999999999999999:00:00", "100:00:00.000", "9999:00.000", "9" * 400 + ".000"]
)
def test_a_time_longer_than_any_race_is_refused(text):
    with pytest.raises(NotATime):
        parse_time(text)


def test_more_laps_than_any_race_has_are_refused_and_none_is_no_gap():
    with pytest.raises(NotATime):
        parse_gap("99999999999999999999999 Rd.")
    assert parse_gap("0 Rd.") == Gap()


def test_a_session_lies_within_the_days_of_its_race_or_the_evening_before():
    race = RaceFactory(first_day=date(2026, 11, 27), last_day=date(2026, 11, 28))
    SessionFactory.build(race=race, starts_at=datetime(2026, 11, 26, 18, tzinfo=UTC)).clean()
    late = SessionFactory.build(race=race, starts_at=datetime(2027, 6, 1, 12, tzinfo=UTC))
    with pytest.raises(ValidationError):
        late.clean()


def test_a_layout_brings_its_circuit():
    layout = Layout.objects.create(circuit=CircuitFactory(), name_de="Kurz", name_en="Short")
    race = RaceFactory(circuit=None, layout=layout)
    race.full_clean()
    assert race.circuit == layout.circuit


def test_a_car_that_did_not_start_has_no_place_and_no_lap_that_it_did_not_drive():
    assert refused(ResultFactory(), status="not_started", position=2)
    assert refused(ResultFactory(), laps=3, best_lap_number=99)


def test_a_standing_is_possible():
    assert refused(StandingFactory(), position=0)
    assert refused(StandingFactory(), wins=9, starts=1)


@pytest.mark.parametrize("country", ["99", "de", "D"])
def test_a_country_is_two_letters(country):
    assert "country" in refused(DriverFactory(), country=country)


@pytest.mark.parametrize("zone", ["localtime", "Mars/Base", ""])
def test_a_time_zone_is_that_of_a_place(zone):
    assert "time_zone" in refused(CircuitFactory(), time_zone=zone)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("www.vln.de", "https://www.vln.de"),
        ("vln.de/termine", "https://vln.de/termine"),
        ("presse@example.org", "mailto:presse@example.org"),
        ("https://vln.de", "https://vln.de"),
        (" www.vln.de ", "https://www.vln.de"),
        ("müller.de/team", "https://müller.de/team"),
        ("vln.de?jahr=2014", "https://vln.de?jahr=2014"),
        ("/rennen/2014/", "/rennen/2014/"),
        ("#ergebnis", "#ergebnis"),
    ],
)
def test_a_link_typed_as_people_say_it_leads_where_they_mean(typed, stored):
    assert f'href="{stored}"' in sanitize(f'<p><a href="{typed}">x</a></p>')


def test_a_link_that_leads_nowhere_is_text_and_cells_are_words():
    for refused_address in (
        'href="javascript:alert(1)"',
        'href="//evil.example" title="Titel" hreflang="de"',
    ):
        assert sanitize(f"<p><a {refused_address}>Wort</a></p>") == "<p>Wort</p>"
    assert "Zelle1 Zelle2" in sanitize("<table><tr><td>Zelle1</td><td>Zelle2</td></tr></table>")


def test_a_photo_is_named_by_the_words_of_the_other_language_before_its_credit():
    photo = PhotoFactory(alt_de="BMW in der Boxengasse", alt_en="")
    with translation.override("en"):
        assert str(photo) == "BMW in der Boxengasse"


def form_of(client, page, **typed):
    """What the newsroom's form complains of when this is typed over what stands there."""
    return complaints(client.post(page, filled_in(client.get(page), **typed)))


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_mistyped_start_is_answered_at_its_field_wherever_the_track_is(admin_client, typed):
    race = RaceFactory(circuit=CircuitFactory(time_zone="America/Los_Angeles"))
    page = reverse("admin:news_session_add")
    assert "starts_at" in form_of(admin_client, page, race=race.pk, starts_at=typed)
    assert not race.sessions.exists()


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31"])
def test_a_mistyped_day_of_a_race_is_answered_at_its_field(admin_client, typed):
    race = SessionFactory(starts_at=datetime(2014, 4, 6, 12, tzinfo=UTC)).race
    page = reverse("admin:news_race_change", args=[race.pk])
    assert "first_day" in form_of(admin_client, page, first_day=typed, last_day=typed)


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_mistyped_release_is_answered_at_its_field(admin_client, typed):
    for row in (ArticleFactory(), PageFactory()):
        page = reverse(f"admin:news_{row._meta.model_name}_change", args=[row.pk])
        assert "published_at" in form_of(admin_client, page, published_at=typed)


@pytest.mark.parametrize("gap", ["99999999999999999:00:00", "99999999999999999999999 Rd."])
def test_a_gap_longer_than_any_race_is_answered_at_its_field(admin_client, gap):
    line = ResultFactory()
    page = reverse("admin:news_session_change", args=[line.classification.session.pk])
    found = form_of(admin_client, page, **{"results-0-gap": gap})
    assert [name for name in found if name.endswith("-gap")] == ["results-0-gap"]


def test_a_session_entered_together_with_its_race_lies_within_its_days():
    race = RaceFactory.build(first_day=date(2026, 11, 27), last_day=None, circuit=CircuitFactory())
    with pytest.raises(ValidationError):
        Session(race=race, starts_at=datetime(2027, 6, 1, 12, tzinfo=UTC)).clean()
    Session(race=race, starts_at=datetime(2026, 11, 27, 12, tzinfo=UTC)).clean()


@pytest.mark.parametrize("field", ["total_time_ms", "gap_ms", "best_lap_ms"])
def test_a_stored_time_is_no_longer_than_any_race(field):
    assert field in refused(ResultFactory(), **{field: 100 * 3_600_000})


@pytest.mark.parametrize("field", ["position_or_better", "class_position"])
def test_a_withdrawn_car_has_no_place_of_any_kind(field):
    assert refused(ResultFactory(position=None), status="withdrawn", **{field: 3})


def test_a_former_address_leads_on_for_an_hour_only(client):
    article = ArticleFactory(slug="alt")
    before = article.get_absolute_url()
    article.slug = "neu"
    article.save()
    response = client.get(before)
    assert (response.status_code, response["Cache-Control"]) == (301, "max-age=3600")


def test_editors_see_which_addresses_lead_on():
    for group in Group.objects.filter(name__in=["Editor", "Administrator"]):
        assert group.permissions.filter(codename="view_formeraddress").exists()


def test_the_agreement_in_the_way_is_named_by_a_written_day():
    old = SponsorshipFactory(starts_on=date(2026, 1, 1))
    with pytest.raises(ValidationError, match=r"1\. Januar 2026"):
        SponsorshipFactory.build(sponsor=old.sponsor, tier=old.tier, starts_on=date(2026, 5, 1)).clean()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/%00/", 404),
        ("/en/news/a%00b/", 404),
        ("/vorschau/%00/", 404),
        ("/news/?tag=%00", 404),
        ("/suche/?q=%00", 200),
        ("/admin/search/?q=a%00b", 200),
        ("/admin/news/article/editor/find/?kind=photo&q=a%00b", 200),
        ("/admin/news/article/editor/find/?kind=link&q=a%00b", 200),
        ("/admin/news/article/languages/?q=a%00b", 200),
        ("/admin/news/article/add/", 200),
    ],
)
def test_the_sign_that_postgresql_refuses_is_asked_for_in_vain(admin_client, address, status):
    answers = {admin_client.get(address).status_code}
    if address == "/admin/news/article/add/":
        answers.add(admin_client.post(address, {"window": "a\x00"}).status_code)
    assert answers == {status}


def test_a_link_with_the_sign_that_postgresql_refuses_is_dead(db):
    assert [link.address for link in dead_links('<p><a href="/news/%00/">x</a></p>', "de")] == ["/news/%00/"]
