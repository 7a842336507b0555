"""What is typed is kept beside the article until it is saved: for one person, in no history, never public."""

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.urls import reverse

from news.history import versions_of
from news.models import Article, GalleryPhoto, OpenForm, RollingDraft
from tests import factories
from tests.forms import filled_in

pytestmark = pytest.mark.django_db
ADD = "/admin/news/article/add/"
AUTOSAVE_NEW = "/admin/news/article/autosave/"


def address(article, what):
    return reverse(f"admin:news_article_{what}", args=[article.pk])


@pytest.fixture
def reporter(client):
    user = factories.member("Reporter", first_name="Maria")
    client.force_login(user)
    return user


@pytest.fixture
def article():
    return factories.ArticleFactory(headline="Gespeichert", stage="writing", published_at=None)


def autosave(client, article, **typed):
    form = filled_in(client.get(address(article, "change")), **{"window": "a1"} | typed)
    return client.post(address(article, "autosave"), form)


def test_what_is_typed_is_kept_beside_the_article_and_shown_again(client, reporter, article):
    tag, photos = factories.TagFactory(), factories.PhotoFactory.create_batch(2)
    GalleryPhoto.objects.create(article=article, photo=photos[0], order=1)
    typed = {
        "headline": "Nur getippt",
        "body": "<p>Ein Satz.<script>alert(1)</script></p>",
        "tags": [tag.pk],
        "gallery_photos-TOTAL_FORMS": 2,
        "gallery_photos-0-order": 7,
        "gallery_photos-1-photo": photos[1].pk,
        "gallery_photos-1-order": 8,
    }
    answer = autosave(client, article, **typed)
    assert answer.status_code == 200 and answer.json()["saved"].startswith("gesichert ")
    article.refresh_from_db()
    assert (article.headline, article.version) == ("Gespeichert", 1)
    assert not versions_of(article.pk).exists()
    assert "alert" not in str(RollingDraft.objects.get().data)

    page = client.get(address(article, "change"))
    assert "Nicht gespeicherte Änderungen von" in page.text
    form = filled_in(page)
    assert (form["headline"], form["body"], form["tags"]) == (
        ["Nur getippt"],
        ["<p>Ein Satz.</p>"],
        [str(tag.pk)],
    )
    rows = [(form[f"gallery_photos-{n}-photo"], form[f"gallery_photos-{n}-order"]) for n in (0, 1)]
    assert rows == [([str(photos[0].pk)], ["7"]), ([str(photos[1].pk)], ["8"])]

    assert client.post(address(article, "change"), form).status_code == 302
    article.refresh_from_db()
    assert (article.headline, list(article.tags.all())) == ("Nur getippt", [tag])
    assert [(row.photo, row.order) for row in article.gallery_photos.all()] == [
        (photos[0], 7),
        (photos[1], 8),
    ]
    assert not RollingDraft.objects.exists()


def test_there_is_one_rolling_draft_for_an_article_and_a_person(client, reporter, article):
    for headline in ("Eins", "Zwei", "Drei"):
        assert autosave(client, article, headline=headline).status_code == 200
    assert RollingDraft.objects.get().data["fields"]["headline"] == ["Drei"]
    other = User.objects.create_superuser("chef")
    client.force_login(other)
    page = client.get(address(article, "change"))
    assert filled_in(page)["headline"] == ["Gespeichert"]
    assert "Maria hat nicht gespeicherte Änderungen von" in page.text
    autosave(client, article, headline="Vier")
    assert RollingDraft.objects.count() == 2


def test_the_first_words_of_a_new_article_make_a_draft_that_the_form_goes_on_with(client, reporter):
    form = filled_in(client.get(ADD), window="b2", headline="Halb", body="<p>Angefangen</p>")
    told = client.post(AUTOSAVE_NEW, form).json()
    article = Article.objects.get()
    assert (article.pk, article.author, article.stage, article.slug) == (told["pk"], reporter, "writing", "")
    # The answer was lost on the way: what the window sends next still belongs to the same article.
    assert client.post(AUTOSAVE_NEW, form).json()["pk"] == article.pk
    assert client.post(ADD, {**form, "headline": "Ganz"}).status_code == 302
    assert Article.objects.get().headline == "Ganz"
    assert Article.objects.get().body == "<p>Angefangen</p>"
    assert len(versions_of(article.pk)) == 2


def test_a_translation_that_is_begun_follows_its_original(client, reporter):
    german = factories.ArticleFactory()
    form = filled_in(
        client.get(f"{ADD}?translation_of={german.pk}&language=en"), window="b3", headline="Second"
    )
    client.post(f"{AUTOSAVE_NEW}?translation_of={german.pk}", form)
    english = Article.objects.get(language="en")
    assert (english.translation_group, english.source) == (german.translation_group, german)
    again = client.post(f"{AUTOSAVE_NEW}?translation_of={german.pk}", form | {"window": "b4"})
    assert again.status_code == 422 and "schon eine Fassung" in again.json()["why"]


def test_an_article_can_be_begun_without_a_headline_and_is_listed(client, reporter):
    client.post(AUTOSAVE_NEW, filled_in(client.get(ADD), window="b2", teaser="Nur ein Teaser"))
    assert "(noch ohne Überschrift)" in client.get("/admin/news/article/").text
    article = Article.objects.get()
    assert (
        client.post(address(article, "change"), filled_in(client.get(address(article, "change")))).status_code
        == 302
    )
    assert Article.objects.get().teaser == "Nur ein Teaser"


def test_unsaved_changes_can_be_thrown_away(client, reporter, article):
    autosave(client, article, headline="Nur getippt")
    client.post(address(article, "unsaved"))
    assert not RollingDraft.objects.exists()
    assert filled_in(client.get(address(article, "change")))["headline"] == ["Gespeichert"]


def test_unsaved_changes_on_an_older_version_are_offered_for_comparison(client, reporter, article):
    autosave(client, article, headline="Nur getippt")
    Article.objects.get().save()
    page = client.get(address(article, "change"))
    assert filled_in(page)["headline"] == ["Gespeichert"] and address(article, "unsaved") in page.text
    compared = client.get(address(article, "unsaved"))
    assert "<del>Gespeichert</del>" in compared.text and "<ins>Nur getippt</ins>" in compared.text
    form = filled_in(compared)
    assert client.post(address(article, "change"), form | {"keep-headline": "mine"}).status_code == 302
    assert Article.objects.get().headline == "Nur getippt"
    assert not RollingDraft.objects.exists()


def test_what_is_out_of_date_is_not_kept_over_it(client, reporter, article):
    form = filled_in(client.get(address(article, "change")), window="a1", headline="Zu spät")
    Article.objects.get().save()
    answer = client.post(address(article, "autosave"), form)
    assert answer.status_code == 409 and "gespeichert" in answer.json()["why"]
    assert not RollingDraft.objects.exists()


def test_another_window_of_the_same_person_does_not_write_over_what_was_typed(client, reporter, article):
    first, second = (filled_in(client.get(address(article, "change")), window=name) for name in ("a1", "a2"))
    assert client.post(address(article, "autosave"), first | {"headline": "Im ersten"}).status_code == 200
    answer = client.post(address(article, "autosave"), second | {"headline": "Im zweiten"})
    assert answer.status_code == 409 and "anderen Fenster" in answer.json()["why"]
    refused = client.post(address(article, "change"), second | {"headline": "Im zweiten"})
    assert refused.status_code == 409
    assert "<del>Im ersten</del>" in refused.text.replace("Im <del>ersten</del>", "<del>Im ersten</del>")
    chosen = filled_in(refused) | {"keep-headline": "stored"}
    assert client.post(address(article, "change"), chosen).status_code == 302
    assert Article.objects.get().headline == "Im ersten"


def test_what_a_page_kept_while_it_was_left_is_in_nobodys_way_when_it_says_no_more(client, reporter, article):
    """A reload can be answered before the request that the page before it had sent last."""
    form = filled_in(client.get(address(article, "change")), window="a2", headline="Danach getippt")
    assert autosave(client, article, window="a1").status_code == 200
    assert client.post(address(article, "autosave"), form).status_code == 200
    autosave(client, article, window="a1", headline="Gespeichert")
    assert client.post(address(article, "change"), form).status_code == 302
    assert Article.objects.get().headline == "Danach getippt"


def test_unsaved_changes_shown_again_are_settled_together_with_what_somebody_else_saved(
    client, reporter, article
):
    autosave(client, article, headline="Vor der Pause")
    form = filled_in(client.get(address(article, "change")), window="a2")
    Article.objects.get().save()
    Article.objects.update(headline="Von anderen")
    refused = client.post(address(article, "change"), form)
    assert refused.status_code == 409
    chosen = filled_in(refused) | {"keep-headline": "mine"}
    assert client.post(address(article, "change"), chosen).status_code == 302
    assert Article.objects.get().headline == "Vor der Pause"


def test_more_than_an_article_can_hold_is_refused(client, reporter, article):
    answer = autosave(client, article, body=f"<p>{'x' * 1_100_000}</p>")
    assert answer.status_code == 413 and answer.json()["why"]
    assert not RollingDraft.objects.exists()


def test_a_script_hears_in_words_that_nobody_is_signed_in(client, reporter, article):
    client.logout()
    for what in ("autosave", "presence"):
        answer = client.post(address(article, what))
        assert answer.status_code == 403 and answer.json()["why"] == "Sie sind nicht mehr angemeldet."
    assert client.post(AUTOSAVE_NEW).status_code == 403
    # No warning for each try waits at the sign-in.
    assert "messagelist" not in client.get("/admin/login/").text


def test_what_is_released_is_not_kept_for_who_may_not_change_it(client, reporter):
    article = factories.ArticleFactory()
    assert client.post(address(article, "autosave"), {"seen": article.version}).status_code == 403


def test_a_window_that_has_been_saved_is_named_to_the_browser(client, reporter, article):
    form = filled_in(client.get(address(article, "change")), window="a1")
    assert client.post(address(article, "change"), form).cookies["saved_forms"].value == "a1"
    refused = client.post(address(article, "change"), form | {"headline": "x" * 200, "window": "a2"})
    assert "saved_forms" not in refused.cookies


def test_who_else_has_the_article_open_is_said(client, reporter, article):
    client.post(address(article, "presence"))
    client.force_login(User.objects.create_superuser("chef"))
    told = client.post(address(article, "presence"), {"seen": article.version}).json()
    assert told["others"].startswith("Auch geöffnet: Maria, seit ") and told["why"] == ""
    assert "Auch geöffnet: Maria" in client.get(address(article, "change")).text
    OpenForm.objects.update(seen_at="2026-01-01T12:00Z")
    assert client.post(address(article, "presence")).json()["others"] == ""
    client.post(address(article, "presence"), {"leaves": "1"})
    assert OpenForm.objects.get().user == reporter


def test_a_save_by_somebody_else_is_heard_of_while_writing(client, reporter, article):
    seen = article.version
    Article.objects.get().save()
    assert client.post(address(article, "presence"), {"seen": seen}).json()["why"]


@pytest.mark.parametrize("what", ["autosave", "change"])
def test_a_lost_database_leaves_what_was_saved_and_says_that_the_text_is_still_there(
    client, reporter, article, monkeypatch, what
):
    form = filled_in(client.get(address(article, "change")), window="a1", headline="Mitten im Ausfall")

    def lost(*args, **kwargs):
        raise OperationalError("the connection is closed")

    monkeypatch.setattr("news.models.Article.objects.select_for_update", lost)
    client.raise_request_exception = False
    accept = "application/json" if what == "autosave" else "text/html"
    answer = client.post(address(article, what), form, headers={"accept": accept})
    assert answer.status_code == 503
    assert "Datenbank" in (answer.json()["why"] if what == "autosave" else answer.text)
    monkeypatch.undo()
    assert Article.objects.get().headline == "Gespeichert"
