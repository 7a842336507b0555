"""Promise 8: an address that visitors knew leads on, comes back with its article, or says that it is gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article, FormerAddress
from tests.factories import ArticleFactory, ShareLinkFactory, member
from tests.visitor import whole_sitemap

pytestmark = pytest.mark.django_db


def renamed(article, *slugs):
    for slug in slugs:
        article.slug = slug
        article.save()
    return article


def test_changed_back_the_old_address_is_live_and_the_other_leads_to_it(client):
    renamed(ArticleFactory(slug="eins"), "zwei", "eins")
    assert client.get("/news/eins/").status_code == 200
    assert client.get("/news/zwei/").headers["Location"] == "/news/eins/"
    assert FormerAddress.objects.count() == 1


def test_an_article_that_was_taken_back_keeps_the_addresses_that_were_known(client):
    article = ArticleFactory(slug="eins")
    article.stage = "review"
    article.save()
    renamed(article, "zwei")
    assert client.get("/news/eins/").status_code == 404
    article.stage = "released"
    article.save()
    assert client.get("/news/eins/").headers["Location"] == "/news/zwei/"


def test_a_draft_takes_no_address_away_from_visitors(client):
    renamed(ArticleFactory(slug="eins"), "zwei")
    draft = ArticleFactory(slug="eins", stage="writing", published_at=None)
    assert client.get("/news/eins/").headers["Location"] == "/news/zwei/"
    draft.stage, draft.published_at = "released", timezone.now()
    draft.save()
    assert client.get("/news/eins/").status_code == 200


@pytest.mark.parametrize(
    ("language", "address", "words"),
    [("de", "/news/eins/", "wurde zurückgezogen"), ("en", "/en/news/eins/", "was withdrawn")],
)
def test_the_address_of_a_deleted_article_is_gone(client, language, address, words):
    article = renamed(ArticleFactory(language=language, slug="frueher", headline="Gewesen"), "eins")
    other = ArticleFactory(language=language)
    article.delete()
    page = client.get(address)
    assert page.status_code == 410 and words in page.text
    # As helpful as a page that was never there, and as little to be listed.
    assert other.headline in page.text and 'name="q"' in page.text and "noindex" in page.text
    assert "Gewesen" not in page.text
    assert client.get(address.replace("eins", "frueher")).status_code == 410
    assert address not in whole_sitemap(client) + client.get("/feed/").text


def test_deleted_in_the_list_it_is_gone_as_well(client, admin_client):
    articles = [ArticleFactory(slug=slug) for slug in ("eins", "zwei")]
    sent = {
        "action": "delete_selected",
        "_selected_action": [article.pk for article in articles],
        "post": "yes",
    }
    admin_client.post("/admin/news/article/", sent)
    assert [client.get(f"/news/{slug}/").status_code for slug in ("eins", "zwei")] == [410, 410]


@pytest.mark.parametrize(
    "hidden",
    [
        {"stage": "writing", "published_at": None},
        {"stage": "review", "published_at": timezone.now() - timedelta(days=1)},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_was_never_public_leaves_no_trace(client, hidden):
    ArticleFactory(slug="eins", **hidden).delete()
    assert client.get("/news/eins/").status_code == 404 and not FormerAddress.objects.exists()


def test_a_new_article_may_have_the_address_of_a_deleted_one(client):
    ArticleFactory(slug="eins").delete()
    ArticleFactory(slug="eins", headline="Der Neue")
    assert "Der Neue" in client.get("/news/eins/").text
    assert not FormerAddress.objects.exists()


def test_an_administrator_sees_the_former_addresses_and_frees_one(client):
    article = renamed(ArticleFactory(slug="eins"), "zwei", "drei")
    page = f"/admin/news/article/{article.pk}/change/"
    client.force_login(member("Editor"))
    assert "/news/eins/" in client.get(page).text and "Diese Adresse freigeben" not in client.get(page).text
    client.force_login(member("Administrator"))
    former = FormerAddress.objects.get(path="/news/eins/")
    address = f"/admin/news/formeraddress/{former.pk}/delete/"
    assert f'href="{address}"' in client.get(page).text
    client.post(address, {"post": "yes"})
    assert client.get("/news/eins/").status_code == 404
    assert client.get("/news/zwei/").headers["Location"] == "/news/drei/"


def test_an_editor_deletes_an_article_with_all_that_belongs_to_it(client):
    article = renamed(ArticleFactory(slug="eins"), "zwei")
    ShareLinkFactory(article=article)
    article.corrections.create(text="Berichtigt.")
    client.force_login(member("Editor"))
    client.post(f"/admin/news/article/{article.pk}/delete/", {"post": "yes"})
    assert not Article.objects.exists()
    assert client.get("/news/eins/").status_code == client.get("/news/zwei/").status_code == 410
