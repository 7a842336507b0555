"""Opening the form of a long report with many photos costs few questions, and no more for each further photo."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.forms import filled_in

pytestmark = pytest.mark.django_db

BUDGET = 30
SENTENCE = "Nach dem dritten Stopp lag die Nummer 20 auf Rang vier, und der Regen kam in Runde 61 zurück. "


@pytest.fixture
def signed_in(client):
    user = factories.member("Editor")
    client.force_login(user)
    return user


def report(author, photos):
    """A report of 3,000 words about a race with a result of ours, with so many photos in its gallery."""
    driver = factories.DriverFactory(ours=True)
    race = factories.ResultFactory(entry__drivers=[driver]).classification.session.race
    text = "".join(f"<p>{SENTENCE * 6}</p>" for _paragraph in range(3000 // len(SENTENCE.split()) // 6 + 1))
    article = factories.ArticleFactory(
        body=text, race=race, author=author, lead_photo=factories.PhotoFactory(renditions=True)
    )
    assert len(article.body_text.split()) >= 3000
    article.tags.add(factories.TagFactory())
    for order in range(photos):
        photo = factories.PhotoFactory(file=factories.picture_file(size=(60 + order, 40)), renditions=True)
        article.gallery_photos.create(photo=photo, order=order)
    factories.ArticleFactory(language="en", translation_group=article.translation_group)
    return article


def questions(client, article):
    address = f"/admin/news/article/{article.pk}/change/"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert page.status_code == 200
    return asked, page.text


def test_a_long_report_with_thirty_photos_opens_within_its_budget(client, signed_in):
    asked, page = questions(client, report(signed_in, photos=30))
    assert page.count("data-thumbnail") >= 31
    assert len(asked) <= BUDGET, "\n".join(query["sql"][:300] for query in asked)


def test_further_photos_cost_no_further_questions(client, signed_in):
    few, _page = questions(client, report(signed_in, photos=2))
    many, _page = questions(client, report(signed_in, photos=12))
    assert len(many) <= len(few)


def test_unsaved_changes_shown_again_stay_within_it_too(client, signed_in):
    article = report(signed_in, photos=30)
    address = f"/admin/news/article/{article.pk}/"
    typed = filled_in(client.get(f"{address}change/"), window="a1", headline="Nicht gespeichert")
    assert client.post(f"{address}autosave/", typed).status_code == 200
    asked, page = questions(client, article)
    assert "Nicht gespeichert" in page
    assert len(asked) <= BUDGET, "\n".join(query["sql"][:300] for query in asked)
