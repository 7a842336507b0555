"""Championship tables on the page of a year, and what an editor may do with them."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from news.derived import results_changed
from news.models import Entry, Result, Round, Standing
from tests.factories import (
    DriverFactory,
    EntryFactory,
    PointSchemeFactory,
    RaceFactory,
    SeasonFactory,
    StandingFactory,
)
from tests.forms import complaints, filled_in
from tests.test_standings import people, race_of, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def gt(db):
    scheme = PointSchemeFactory(positions="10, 6, 4")
    return SeasonFactory(series__name="GT", scheme=scheme)


def page(client, address="/en/results/2014/"):
    html = client.get(address).text
    return re.sub(r"\s+", " ", html[html.index('id="standings"') :]).replace("\xa0", " ")


def text_of(html):
    """What a screen reader reads, cell by cell."""
    html = re.sub(r'<span aria-hidden="true">.*?</span>', "", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"</t[dh]>", " | ", html))).strip()


def line(html, name):
    return text_of(next(row for row in re.findall(r"<tr.*?</tr>", html) if name in row))


def test_a_computed_table_says_after_which_round_and_by_which_rules(client, gt):
    one, two = people(2)
    race_of(gt, 2, race={"first_day": date(2100, 1, 1), "short_name": "Spa"}, factor="0.5")
    run(race_of(gt, 1), one, two)
    html = page(client)
    assert "GT 2014, standings after round 1" in html
    assert "Computed from the results after round 1 of 2." in html
    assert "By place, from the first on: 10 · 6 · 4." in html
    assert "round 2, Spa: points times 0.5" in html
    assert "As published by the series." not in html


def test_a_published_table_says_so_with_its_source(client):
    StandingFactory(season__series__name="VLN", source="vln.de", after_round=3, final=False)
    html = page(client)
    assert "VLN 2014, standings after round 3" in html
    assert "As published by the series. After round 3. Source: vln.de." in html
    assert "How the points are counted" not in html


def test_movement_is_an_arrow_a_number_and_words(client, gt):
    one, two, three, four = people(4)
    run(race_of(gt, 1), one, two, three)
    html = page(client)
    assert "up" not in line(html, "D1"), "there is no round before the first"
    run(race_of(gt, 2), four, three, two)
    html = page(client)
    assert line(html, "D4").startswith("1 | new | D4")
    assert line(html, "D1").startswith("1 | same place | D1")
    assert line(html, "D2").startswith("3 | one place down | D2")
    assert line(html, "D3").startswith("3 | same place | D3")
    assert '<span aria-hidden="true">▼ 1</span>' in html


def test_points_stand_with_those_that_were_dropped_wins_and_the_gap(client, gt):
    gt.counted = "1"
    gt.save()
    one, two = people(2)
    run(race_of(gt, 1), one, two)
    run(race_of(gt, 2), one, two)
    html = page(client)
    assert line(html, "D1").endswith("| 2 | 2 | | 10 with dropped results (20) |")
    assert line(html, "D2").endswith("| 2 | 0 | −4 | 6 with dropped results (12) |")
    assert "The best one. In brackets: the points of all rounds." in html
    gt.counted = "1/1, 2/9"
    gt.save()
    assert "Of rounds 1 to 1 the best one. Of rounds 2 to 2 the best 2." in page(client)


def test_a_share_is_written_as_a_fraction(client):
    StandingFactory(points="25.142857")
    assert "25 1/7" in page(client)


def test_a_long_table_folds_but_never_our_line(client, gt):
    gt.scheme.positions = ", ".join(str(40 - n) for n in range(20))
    gt.scheme.save()
    drivers = people(30)
    drivers[17].ours = True
    drivers[17].save()
    run(race_of(gt, 1), *drivers)
    html = page(client)
    shown, rest = html.split("<details", 1)
    assert re.findall(r"D\d+\b", text_of(shown)) == [f"D{n}" for n in [*range(1, 13), 18]]
    assert "Our driver: D18" in text_of(shown)
    assert "7 more lines" in rest
    assert "10 more drivers have no points." in rest
    assert "D21" not in html


def test_classes_and_teams_have_tables_with_captions_of_their_own(client, gt):
    gt.by_class = gt.for_teams = True
    gt.save()
    one, two = people(2)
    each = race_of(gt, 1)
    run(each, one, car_class="SP9")
    Entry.objects.update(number="1")
    session = each.race.sessions.get()
    car = EntryFactory(race=each.race, drivers=[two], car_class="SP10", number="2")
    Result.objects.create(classification=session.classifications.get(), entry=car, position=2)
    results_changed([each.race])
    captions = re.findall(r"<caption>(.*?)</caption>", page(client))
    assert captions == [
        "GT 2014, SP10, final standings",
        "GT 2014, SP9, final standings",
        "GT 2014, SP10, teams, final standings",
        "GT 2014, SP9, teams, final standings",
    ]


def test_our_class_comes_first(client):
    season = SeasonFactory(series__name="GT")
    for car_class, ours in (("Cup 5", False), ("SP10", False), ("SP9", True)):
        StandingFactory(season=season, car_class=car_class, driver=DriverFactory(ours=ours))
    captions = re.findall(r"<caption>(.*?)</caption>", page(client))
    assert [caption.split(", ")[1] for caption in captions] == ["SP9", "Cup 5", "SP10"]


def test_our_team_is_marked_among_the_teams(client, gt):
    gt.for_teams = True
    gt.save()
    run(race_of(gt, 1), DriverFactory(last_name="Muster", ours=True), *people(1))
    html = page(client)
    assert html.count("Our team:") == 1
    assert html.count('<tr class="is-own">') == 2


# In the newsroom


def save(admin_client, row, **typed):
    address = reverse(f"admin:news_{row._meta.model_name}_change", args=[row.pk])
    response = admin_client.get(address)
    assert response.status_code == 200
    answer = admin_client.post(address, filled_in(response) | typed)
    assert (answer.status_code, complaints(answer)) == (302, {})


def points(client):
    lines = [text_of(line) for line in re.findall(r"<tr.*?</tr>", page(client)) if "<td" in line]
    return [line.split("|")[-2].strip() for line in lines]


def test_a_change_of_scheme_season_round_or_guest_shows_at_the_next_request(client, admin_client, gt):
    one, two = people(2)
    first = race_of(gt, 1)
    run(first, one, two)
    assert points(client) == ["10", "6"]
    save(admin_client, gt.scheme, positions="9, 6")
    assert points(client) == ["9", "6"]
    save(admin_client, gt, **{"rounds-0-factor": "0.5"})
    assert points(client) == ["4.5", "3"]
    save(admin_client, gt, for_teams="on")
    assert points(client) == ["4.5", "3", "4.5", "3"]
    save(admin_client, gt, scheme="")
    assert "We have no championship table for this year." in page(client)


def test_a_guest_loses_his_points_at_the_next_request(client, admin_client, gt):
    run(race_of(gt, 1), *people(2))
    save(admin_client, Entry.objects.first(), guest="on")
    assert points(client) == ["10"]


def test_a_round_that_is_taken_out_of_the_race_counts_no_longer(client, admin_client, gt):
    first, second = race_of(gt, 1), race_of(gt, 2)
    for each in (first, second):
        run(each, *people(1))
    save(admin_client, second.race, **{"rounds-0-DELETE": "on"})
    assert Round.objects.count() == 1
    assert set(Standing.objects.values_list("after_round", flat=True)) == {1}


def test_a_computed_row_is_marked_and_cannot_be_changed_or_deleted(admin_client, gt):
    run(race_of(gt, 1), *people(1))
    row = Standing.objects.get()
    address = reverse("admin:news_standing_change", args=[row.pk])
    assert 'name="points"' not in admin_client.get(address).text
    assert admin_client.post(address, {"points": "99"}).status_code == 403
    assert admin_client.post(reverse("admin:news_standing_delete", args=[row.pk])).status_code == 403
    assert 'class="chip is-official"' in admin_client.get(reverse("admin:news_standing_changelist")).text


def test_a_published_row_steps_back_when_all_lists_are_there_and_is_kept(client, admin_client, gt):
    (one,) = people(1)
    run(race_of(gt, 1), one)
    published = StandingFactory(season=gt, driver=one, points="99")
    save(admin_client, published, points="98")
    assert points(client) == ["10"]
    assert Standing.objects.get(computed=False).points == 98


def test_a_published_row_takes_over_when_a_list_is_missing(client, admin_client, gt):
    (one,) = people(1)
    run(race_of(gt, 1), one)
    race_of(gt, 2)
    published = StandingFactory(season=gt, driver=one, points="99")
    save(admin_client, published, points="98")
    assert points(client) == ["98"]
    admin_client.post(reverse("admin:news_standing_delete", args=[published.pk]), {"post": "yes"})
    assert points(client) == ["10"]


def test_a_season_says_what_keeps_it_from_being_counted(admin_client, gt):
    run(race_of(gt, 1), *people(1))
    missing = race_of(gt, 2)
    address = reverse("admin:news_season_change", args=[gt.pk])
    text = admin_client.get(address, headers={"Accept-Language": "en"}).text
    assert f"Round 2, {missing.race}: there is no race that gives points." in text


def test_a_season_can_be_deleted_with_its_computed_table(admin_client, gt):
    run(race_of(gt, 1), *people(1))
    address = reverse("admin:news_season_delete", args=[gt.pk])
    assert admin_client.post(address, {"post": "yes"}).status_code == 302
    assert not Standing.objects.exists()


def test_a_year_of_long_tables_keeps_its_price(client, gt, django_assert_max_num_queries):
    gt.for_teams = True
    gt.save()
    drivers = people(20)
    for number in range(1, 4):
        run(race_of(gt, number), *drivers)
    RaceFactory(first_day=date(2014, 3, 1) + timedelta(days=300))
    client.get("/ergebnisse/2014/")
    with django_assert_max_num_queries(10):
        client.get("/ergebnisse/2014/")


@pytest.mark.parametrize("typed", ["25, 18,5, 15", "25, drei", "25/0"])
def test_points_that_rise_or_are_none_are_refused_with_what_would_be_right(admin_client, typed):
    page = admin_client.get(reverse("admin:news_pointscheme_add"))
    wrong = admin_client.post(page.request["PATH_INFO"], filled_in(page, name="VLN", positions=typed))
    assert ".5" in wrong.context["adminform"].errors["positions"][0]
