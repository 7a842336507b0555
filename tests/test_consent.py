"""Promises 6 and 7 in code: the visitor decides, once and in one cookie, and the page is the same for all."""

import re

import pytest
from cookie_consent.cache import delete_cache
from cookie_consent.models import Cookie, CookieGroup
from cookie_consent.util import parse_cookie_str
from django.utils import timezone

from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
DAY = "2026-11-01T00:00:00+00:00"
PAGES = [
    "/",
    "/en/",
    "/news/",
    "/galerie/",
    "/partner/",
    "/presse/",
    "/suche/",
    "/diese-seite-gibt-es-nicht/",
]


def choose(client, choice, *purposes, **headers):
    form = {"choice": choice, "purpose": purposes, "next": "/news/"}
    return client.post("/consent/", form, headers=headers)


def chosen(response):
    return parse_cookie_str(response.cookies["cookie_consent"].value)


@pytest.mark.parametrize("address", PAGES)
def test_before_a_choice_no_page_sets_a_cookie_or_depends_on_one(client, address):
    response = client.get(address)
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_the_same_before_and_after_a_choice(client, address):
    before = client.get(address).content
    for choice in ("all", "none"):
        choose(client, choice)
        after = client.get(address)
        assert after.content == before
        assert not after.cookies


@pytest.mark.parametrize(
    ("choice", "purposes", "stored"),
    [
        ("all", (), {"media": DAY, "statistics": DAY}),
        ("none", ("media",), {"media": "-1", "statistics": "-1"}),
        ("selection", ("media",), {"media": DAY, "statistics": "-1"}),
        ("selection", (), {"media": "-1", "statistics": "-1"}),
        ("nonsense", ("media", "statistics"), {"media": "-1", "statistics": "-1"}),
    ],
)
def test_each_way_to_choose_is_saved_in_one_cookie(client, choice, purposes, stored):
    response = choose(client, choice, *purposes)
    assert response.status_code == 302
    assert response.headers["Location"] == "/cookies/?from=/news/#choice"
    assert set(response.cookies) == {"cookie_consent"}
    assert chosen(response) == stored


def test_the_choice_is_kept_for_six_months_and_sent_to_no_other_site(client):
    cookie = choose(client, "none").cookies["cookie_consent"]
    assert cookie["max-age"] == 182 * 24 * 3600
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"


def test_what_was_refused_is_taken_off_the_device(client):
    client.cookies["visits"] = "1"
    response = choose(client, "none")
    assert response.cookies["visits"]["max-age"] == 0


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}],
)
def test_nobody_else_can_choose_for_the_visitor(client, headers):
    response = choose(client, "all", **headers)
    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}])
def test_the_site_itself_is_believed(client, headers):
    assert choose(client, "all", **headers).status_code == 302


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "news", ""],
)
def test_the_way_back_leads_to_this_site_only(client, address):
    response = client.post("/consent/", {"choice": "none", "next": address})
    assert response.headers["Location"] == "/cookies/?from=#choice"
    page = client.get("/cookies/", {"from": address}).text
    assert "Seite, von der Sie" not in page and "evil" not in page


def test_a_choice_is_posted_and_never_linked(client):
    response = client.get("/consent/?choice=all")
    assert response.headers["Location"] == "/cookies/"
    assert not response.cookies


@pytest.mark.parametrize(
    ("came_from", "shown_on"), [("/kalender/", "/cookies/"), ("/en/calendar/", "/en/cookies/")]
)
def test_after_the_choice_the_cookies_page_shows_it_and_leads_back(client, came_from, shown_on):
    response = client.post("/consent/", {"choice": "all", "next": came_from})
    assert response.headers["Location"] == f"{shown_on}?from={came_from}#choice"
    page = client.get(response.headers["Location"]).text
    said = page.split('class="saved"')[1].split("</p>")[0]
    assert f'<a href="{came_from}">' in said
    assert 'class="saved"' not in client.get(shown_on).text


@pytest.mark.parametrize("address", ["/", "/en/news/", "/cookies/"])
def test_each_page_offers_all_three_ways_on_one_layer(client, address):
    page = client.get(address).text
    buttons = re.findall(r'<button class="([^"]+)" name="choice" value="(\w+)">', page)
    assert sorted(value for _look, value in buttons) == ["all", "none", "selection"]
    assert len({look for look, _value in buttons}) == 1
    assert re.findall(r'name="purpose" value="(\w+)" data-version="([^"]+)"', page) == [
        ("media", DAY),
        ("statistics", DAY),
    ]
    # The Enter key in a box presses the first button: it may take no more than what is ticked.
    assert buttons[0][1] == "selection"
    assert f'name="next" value="{address}"' in page


def test_nothing_is_ticked_before_the_visitor_ticks_it(client):
    boxes = re.findall(
        r'<input type="checkbox" name="purpose"[^>]*>', client.get("/").text + client.get("/cookies/").text
    )
    assert len(boxes) == 4
    assert not [box for box in boxes if "checked" in box]


def test_the_cookies_page_shows_the_choice_and_is_stored_nowhere(client):
    choose(client, "selection", "media")
    response = client.get("/cookies/")
    assert "no-store" in response.headers["Cache-Control"]
    assert re.findall(r'value="(\w+)" data-version="[^"]+" checked', response.text) == ["media"]


def test_a_changed_purpose_counts_as_not_accepted(client):
    choose(client, "all")
    Cookie.objects.filter(cookiegroup__varname="media").update(created=timezone.now())
    delete_cache()
    assert re.findall(r'value="(\w+)" data-version="[^"]+" checked', client.get("/cookies/").text) == [
        "statistics"
    ]


def test_the_cookies_page_names_every_cookie_and_says_that_nothing_is_counted(client):
    page = client.get("/cookies/").text
    for name in Cookie.objects.exclude(cookiegroup__varname="media").values_list("name", flat=True):
        assert f"<code>{name}</code>" in page
    assert "Statistik ist auf dieser Website derzeit nicht im Einsatz" in page


def table_of_cookies(client, address="/cookies/"):
    """[purpose of the row or "", name, set by, kept for] of each row."""
    rows = client.get(address).text.split("<tbody>", 1)[1].split("</table>")[0].split("<tr>")[1:]
    return [
        [re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", cell)).strip() for cell in re.split("<t[dh]", row)[1:]]
        for row in (
            re.sub("(<t[dh])[^>]*>", r"\1>", row).replace("<td>", "<td").replace("<th>", "<th")
            for row in rows
        )
    ]


def test_every_cookie_has_a_line_that_tells_of_it_alone(client):
    media = CookieGroup.objects.get(varname="media")
    Cookie.objects.create(
        cookiegroup=media, name="VISITOR", domain="youtube.com", description="Zählt Aufrufe."
    )
    table = table_of_cookies(client)
    assert len(table) == 4 and len({tuple(row) for row in table}) == 4
    assert ["VISITOR Zählt Aufrufe.", "youtube.com", "legt der Anbieter fest"] in [row[-3:] for row in table]
    assert [row[0] for row in table if len(row) == 4] == ["Notwendig", "Videos und Streams", "Statistik"]


def test_ones_own_purpose_is_told_in_the_words_of_the_register(client):
    maps = CookieGroup.objects.create(varname="maps", name="Karten", description="Lädt Karten.", ordering=9)
    Cookie.objects.create(cookiegroup=maps, name="tiles", description="Merkt sich den Ausschnitt.")
    for address in ("/", "/cookies/"):
        assert "<b>Karten</b> <small>Lädt Karten." in client.get(address).text
    assert table_of_cookies(client)[-1][1] == "tiles Merkt sich den Ausschnitt."


def test_the_address_of_the_statistics_stands_in_the_page_and_not_as_a_script(client, settings):
    settings.STATISTICS_URL = "https://count.example/count.js"
    page = client.get("/").text
    assert 'data-statistics="https://count.example/count.js"' in page
    assert '<script src="https://' not in page
    assert "derzeit nicht im Einsatz" not in client.get("/cookies/").text


def test_a_video_is_a_plain_link_until_the_visitor_agrees(client):
    article = ArticleFactory(
        body='<p><a href="https://www.youtube.com/watch?v=abcdefghijk">Das Video</a></p>'
    )
    page = client.get(article.get_absolute_url()).text
    assert 'href="https://www.youtube.com/watch?v=abcdefghijk"' in page
    assert "<iframe" not in page
