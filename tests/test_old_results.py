"""Articles that quote results which have changed since: found when the results change, listed until somebody looks."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from news.checking.contradictions import look_again_at_races
from news.derived import results_changed
from news.history import new_version
from news.models import Article, Contradiction
from tests import factories
from tests.forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def result():
    """Our car was second."""
    ours = factories.DriverFactory(first_name="Jens", last_name="Klingmann", ours=True)
    race = factories.RaceFactory(name="Qualifikationsrennen", first_day=date(2014, 4, 6))
    return factories.ResultFactory(
        classification__session__race=race,
        entry=factories.EntryFactory(race=race, number="20", drivers=[ours]),
        position=2,
    )


@pytest.fixture
def report(result):
    return factories.ArticleFactory(
        race=result.classification.session.race,
        headline="Ein guter Tag in der Eifel",
        body="<p>Klingmann wurde am Ende Zweiter.</p>",
    )


def placed(result, position):
    """The organiser has thought again."""
    result.position = position
    result.save()
    results_changed([result.classification.session.race])


def listed():
    return list(Article.objects.quoting_old_results())


def test_a_report_is_listed_when_its_result_changes_and_no_longer_when_it_changes_back(result, report):
    results_changed([report.race])
    assert listed() == []
    placed(result, 3)
    assert listed() == [report]
    row = report.contradictions.get()
    assert (row.quote, row.record_de, row.record_en) == ("Zweiter", "3", "3")
    placed(result, 2)
    assert listed() == [] and not Contradiction.objects.exists()


def test_a_draft_is_not_listed(result, report):
    Article.objects.update(stage="review", published_at=None)
    placed(result, 3)
    assert listed() == []


def test_the_start_page_names_it_with_the_passage_and_the_result(admin_client, result, report):
    assert "Zweiter" not in admin_client.get("/admin/").text
    placed(result, 3)
    page = admin_client.get("/admin/", headers={"Accept-Language": "de"}).text
    assert report.headline in page and "<q>Zweiter</q>" in page and "Laut Ergebnis 3" in page


def test_a_report_that_is_mended_is_not_listed_any_more(result, report):
    placed(result, 3)
    with new_version(report.pk, User.objects.create_user("editor")) as article:
        article.body = "<p>Klingmann wurde am Ende Dritter.</p>"
        article.save()
    assert listed() == []


def test_who_saves_it_as_it_is_has_seen_it_until_the_result_changes_again(admin_client, result, report):
    placed(result, 3)
    address = f"/admin/news/article/{report.pk}/change/"
    assert admin_client.post(address, filled_in(admin_client.get(address))).status_code == 302
    assert listed() == []
    placed(result, 3)
    assert listed() == []
    placed(result, 4)
    assert listed() == [report]


def test_a_change_that_nobody_looked_at_leaves_it_listed(result, report):
    placed(result, 3)
    with new_version(report.pk, User.objects.create_user("editor")) as article:
        article.pinned = True
        article.save()
    assert listed() == [report]


def test_what_was_released_that_way_is_no_news(result, report):
    with new_version(report.pk, User.objects.create_user("editor")) as article:
        article.body = "<p>Klingmann wurde am Ende Fünfter.</p>"
        article.save()
    results_changed([report.race])
    assert listed() == []
    assert report.contradictions.get().seen_at


def test_a_list_that_is_issued_later_is_the_one_that_counts(result, report):
    issued = factories.ClassificationFactory(session=result.classification.session, state="amended")
    factories.ResultFactory(classification=issued, entry=result.entry, position=None, status="disqualified")
    results_changed([report.race])
    assert listed() == [report]
    assert report.contradictions.get().record_de == "Disqualifiziert"


def test_races_without_articles_cost_one_question(result, django_assert_num_queries):
    race = result.classification.session.race_id
    with django_assert_num_queries(1):
        look_again_at_races([race])
