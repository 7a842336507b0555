"""The search in the head of the newsroom: finds what has a name, however it is spelt, for those who may see it."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Article
from tests import factories

pytestmark = pytest.mark.django_db

BUDGET = 25


@pytest.fixture
def look(client):
    """`look("Editor", "huertgen")`: {group: titles} of what they find."""

    def found(group, words, page="found/"):
        user, _ = User.objects.get_or_create(username=group.lower(), is_staff=True)
        user.groups.set([Group.objects.get(name=group)])
        client.force_login(user)
        text = client.get(f"/admin/search/{page}", {"q": words}, headers={"Accept-Language": "en"}).text
        groups = re.findall(r'<div role="group".*?<p [^>]*>(.*?)</p>(.*?)</div>', text, re.S)
        return {name: re.findall(r"<span[^>]*>(.*?)</span>", lines) for name, lines in groups}

    return found


def one_of_each():
    factories.ArticleFactory(headline="Sieg für Hürtgen")
    factories.RaceFactory(name="Hürtgen-Rennen")
    factories.DriverFactory(first_name="Claudia", last_name="Hürtgen")
    factories.TeamFactory(name="Hürtgen Motorsport")
    factories.PhotoFactory(caption_de="Hürtgen im Regen", caption_en="Hürtgen in the rain")
    factories.PageFactory(title_de="Über Hürtgen", title_en="About Hürtgen")
    factories.SponsorFactory(name="Hürtgen & Söhne")
    factories.SeasonFactory(series__name="Hürtgen-Pokal")
    User.objects.create_user("claudia", first_name="Claudia", last_name="Hürtgen")


@pytest.mark.parametrize("spelt", ["Hürtgen", "huertgen", "HURTGEN", "hürt"])
def test_everything_is_found_by_its_name_however_it_is_spelt(look, spelt):
    one_of_each()
    found = look("Administrator", spelt)
    kinds = "Articles Races Drivers Teams Photos Pages Partners Seasons Users".split()
    assert {name: len(lines) for name, lines in found.items()} == dict.fromkeys(kinds, 1)


def test_nobody_finds_what_they_may_not_see(look):
    one_of_each()
    assert set(look("Editor", "huertgen")) == set(
        "Articles Races Drivers Teams Photos Pages Partners Seasons".split()
    )
    assert set(look("Reporter", "huertgen")) == {"Articles", "Races", "Drivers", "Photos"}


def test_every_word_must_be_there_in_any_order(look):
    factories.ArticleFactory(headline="Platz zwei in Spa", dateline="Stavelot")
    factories.ArticleFactory(headline="Platz drei in Monza")
    assert look("Editor", "spa platz")["Articles"] == ["Platz zwei in Spa"]
    assert look("Editor", "stavelot zwei")["Articles"] == ["Platz zwei in Spa"]
    assert "Articles" not in look("Editor", "spa drei")


def test_the_newest_few_are_shown_and_the_list_has_the_others(look, client):
    for number in range(7):
        factories.ArticleFactory(headline=f"Bericht {number} aus Spa")
    assert look("Editor", "bericht")["Articles"] == [f"Bericht {n} aus Spa" for n in (6, 5, 4, 3, 2)]
    text = client.get("/admin/search/", {"q": "bericht"}).text
    assert "/admin/news/article/?q=bericht" in text
    listed = client.get("/admin/news/article/?q=bericht").context["cl"].result_count
    assert listed == 7


def test_the_list_finds_headline_and_race_however_they_are_spelt_and_else_the_text(client, look):
    look("Editor", "x")
    race = factories.RaceFactory(name="Hürtgen-Rennen")
    of_race = factories.ArticleFactory(headline="Zweiter", race=race)
    other = factories.ArticleFactory(headline="Dritter", body="<p>Mit Hürtgen im Regen.</p>")

    def listed(words):
        return set(client.get("/admin/news/article/", {"q": words}).context["cl"].queryset)

    assert listed("huertgen") == listed("HURTGEN zweiter") == {of_race}
    assert listed("regen") == {other}
    assert listed("nirgends") == set()
    assert listed("") == {of_race, other}


@pytest.mark.parametrize("of_races", [0, 5000])
def test_the_list_finds_the_newest_whether_headline_or_race_has_the_word(client, look, monkeypatch, of_races):
    look("Editor", "x")
    monkeypatch.setattr("news.admin.search.OF_RACES", of_races)
    monkeypatch.setattr("news.admin.search.COUNTED", 2)
    race = factories.RaceFactory(name="Regenrennen")
    articles = [
        factories.ArticleFactory(headline="Regen", race=None),
        factories.ArticleFactory(headline="Zweiter", race=race),
        factories.ArticleFactory(headline="Dauerregen", race=None),
        factories.ArticleFactory(headline="Regen und Sonne", race=race),
        factories.ArticleFactory(headline="Sonne", race=None),
    ]

    def listed(words):
        return set(client.get("/admin/news/article/", {"q": words}).context["cl"].queryset)

    assert listed("regen") == {*articles[1:4]}
    assert listed("regen zweiter") == {articles[1]}
    assert listed("sonne regen") == {articles[3]}


def test_an_article_is_found_by_its_new_headline_and_not_by_the_old_one(look):
    article = factories.ArticleFactory(headline="Regen in Spa")
    article.headline = "Sonne in Monza"
    article.save()
    assert look("Editor", "monza")["Articles"] == ["Sonne in Monza"]
    assert look("Editor", "regen") == {}


def test_places_of_the_menu_are_found_too(look):
    assert look("Editor", "Point")["Menu"] == ["Point schemes"]
    assert "Menu" not in look("Reporter", "Point")


def test_without_scripts_the_same_stands_on_a_page(client, look):
    one_of_each()
    look("Editor", "x")
    text = client.get("/admin/search/", {"q": "huertgen"}, headers={"Accept-Language": "en"}).text
    assert "Sieg für Hürtgen" in text and "Hürtgen &amp; Söhne" in text
    assert 'value="huertgen"' in text


@pytest.mark.parametrize("words", ["", "   ", "%", "„“", "\\", "' OR 1=1", "x" * 500, "ﷺ" * 80, "\0"])
def test_nothing_and_nonsense_find_nothing(look, words):
    one_of_each()
    assert look("Administrator", words) == look("Administrator", words, page="") == {}


def test_a_headline_of_long_signs_can_be_stored():
    article = factories.ArticleFactory(headline="ﷺ" * 140)
    assert len(Article.objects.get(pk=article.pk).headline_key) <= 200


def test_what_was_typed_is_shown_as_text(client, look):
    look("Editor", "x")
    text = client.get("/admin/search/", {"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in text


def test_a_search_costs_the_same_for_one_row_of_a_kind_or_many(client, look):
    one_of_each()
    look("Administrator", "huertgen")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/search/found/?q=huertgen")
    for number in range(6):
        factories.ArticleFactory(headline=f"Hürtgen {number}")
        factories.RaceFactory(name=f"Hürtgen-Rennen {number}")
        factories.PhotoFactory(caption_de=f"Hürtgen {number}", renditions=True)
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/search/found/?q=huertgen")
    assert len(many) <= len(few) <= BUDGET
