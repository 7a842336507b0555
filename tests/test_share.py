"""A draft behind its share link: read without an account, answered, kept by nobody, and over when it should be."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from news import steps
from news.models import Answer, Article, ShareLink
from tests.factories import ArticleFactory, PhotoFactory, ShareLinkFactory, member
from tests.forms import filled_in

pytestmark = pytest.mark.django_db
DRAFT = {"stage": "writing", "published_at": None}
HOUR = timedelta(hours=1)


@pytest.fixture
def link():
    article = ArticleFactory(headline="Noch nicht öffentlich", **DRAFT)
    return ShareLinkFactory(article=article, name="Jens Klingmann")


@pytest.fixture
def editor():
    return member("Editor", "redakteur")


def answer(client, link, verdict="approved", **said):
    sent = filled_in(client.get(link.get_absolute_url())) | {"verdict": verdict} | said
    return client.post(link.get_absolute_url(), sent)


def share_page(article):
    return reverse("admin:news_article_share", args=[article.pk])


def test_whoever_has_the_link_reads_the_draft_as_visitors_will(client, link):
    photo = PhotoFactory(renditions=True)
    Article.objects.update(lead_photo=photo)
    page = client.get(link.get_absolute_url())
    assert page.status_code == 200 and "Noch nicht öffentlich" in page.text
    assert "news/article_detail.html" in [template.name for template in page.templates]
    # Its pictures load without an account as well.
    assert client.get(photo.renditions.first().file.url).status_code == 200
    assert not page.cookies


def test_a_shared_draft_is_kept_by_nobody_and_listed_nowhere(client, link):
    page = client.get(link.get_absolute_url())
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    # Nothing tells others of the address, and nothing on the page leads to a service that would be told.
    for tag in ("canonical", "og:title", "og:image", "ld+json", "wa.me", "facebook"):
        assert tag not in page.text, tag


@pytest.mark.parametrize("forged", ["", "x", "{key}", "{key}.", "{key}.x", "{other}"])
def test_without_its_signature_an_address_opens_nothing(client, link, forged):
    other = link.token.replace(link.key, "a" * 22)
    token = forged.format(key=link.key, other=other)
    assert client.get(f"/vorschau/{token}/").status_code == 404


def test_opening_is_counted_and_a_browser_that_only_looks_ahead_is_not(client, link):
    client.get(link.get_absolute_url())
    client.get(link.get_absolute_url())
    client.get(link.get_absolute_url(), headers={"Sec-Purpose": "prefetch;prerender"})
    client.head(link.get_absolute_url())
    link.refresh_from_db()
    assert link.opens == 2 and link.last_opened_at
    # Who answers comes back to the page, and has opened it once.
    client.get(answer(client, link).headers["Location"])
    link.refresh_from_db()
    assert link.opens == 3


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Diese Vorschau ist beendet"), ("en", "preview has ended")]
)
@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_a_link_that_is_over_says_so_in_the_right_language(client, language, words, end):
    link = ShareLinkFactory(article=ArticleFactory(language=language, headline="Geheim", **DRAFT))
    if end == "revoked":
        ShareLink.objects.revoke()
    else:
        ShareLink.objects.update(created_at=timezone.now() - 2 * HOUR, expires_at=timezone.now() - HOUR)
    page = client.get(link.get_absolute_url())
    assert page.status_code == 410 and words in page.text and "Geheim" not in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert client.post(link.get_absolute_url(), {"verdict": "approved", "name": "x"}).status_code == 410


def test_a_link_is_open_when_the_queryset_says_so(link):
    for instant in (link.expires_at - HOUR, link.expires_at, link.expires_at + HOUR):
        assert link.is_open(instant) == ShareLink.objects.open(instant).exists()
    ShareLink.objects.revoke()
    assert not ShareLink.objects.get().is_open() and not ShareLink.objects.open().exists()


def test_published_it_leads_to_the_article_and_taken_back_nowhere(client, link, editor):
    article = link.article
    steps.take(article.pk, "release", editor)
    article.refresh_from_db()
    led = client.get(link.get_absolute_url())
    assert (led.status_code, led.headers["Location"]) == (302, article.get_absolute_url())
    assert led.headers["Cache-Control"] == "private, no-store"
    steps.take(article.pk, "take_back", editor)
    assert client.get(link.get_absolute_url()).status_code == 410


def test_an_article_whose_time_is_over_is_not_shown_again(client, link):
    now = timezone.now()
    Article.objects.update(stage="released", slug="x", published_at=now - 2 * HOUR, expires_at=now - HOUR)
    assert client.get(link.get_absolute_url()).status_code == 410


def test_scheduled_it_is_still_a_draft(client, link):
    Article.objects.update(stage="released", slug="x", published_at=timezone.now() + HOUR)
    assert client.get(link.get_absolute_url()).status_code == 200


def test_the_other_language_comes_along_where_it_was_asked_for(client, link):
    english = ArticleFactory(
        language="en", headline="Not public yet", translation_group=link.article.translation_group, **DRAFT
    )
    german = link.get_absolute_url()
    other = german.replace("/vorschau/", "/en/preview/")
    assert client.get(other).status_code == 404 and other not in client.get(german).text
    ShareLink.objects.update(both_languages=True)
    assert english.headline in client.get(other).text
    assert other in client.get(german).text


def test_an_approval_names_the_version_that_was_read(client, link, editor):
    assert answer(client, link, remark="Passt.").status_code == 303
    given = Answer.objects.get()
    assert (given.verdict, given.name, given.remark) == ("approved", "Jens Klingmann", "Passt.")
    assert given.version == link.article.version and not given.is_out_of_date()

    client.force_login(editor)
    form = reverse("admin:news_article_change", args=[link.article.pk])
    said = f"Fassung {given.version}"
    assert said in client.get(form).text and "seither geändert" not in client.get(form).text
    # What visitors do not see changes nothing of what was approved.
    for change, stale in (({"pinned": True}, False), ({"teaser": "Anders."}, True)):
        Article.objects.update(**change)
        assert ("seither geändert" in client.get(form).text) is stale
    assert said in client.get(share_page(link.article)).text


def test_nobody_approves_what_they_have_not_read(client, link):
    sent = filled_in(client.get(link.get_absolute_url())) | {"verdict": "approved"}
    Article.objects.update(body="<p>Ganz anders.</p>")
    page = client.post(link.get_absolute_url(), sent)
    assert page.status_code == 422 and "Ganz anders." in page.text and "geändert, während" in page.text
    assert not Answer.objects.exists()


def test_who_asks_for_changes_says_which(client, link):
    page = answer(client, link, "changes", remark=" ")
    assert page.status_code == 422 and "was geändert werden soll" in page.text
    assert answer(client, link, "changes", remark="Es war Runde 17.").status_code == 303


def test_the_newsroom_hears_of_an_answer(client, link, editor, settings, work):
    settings.SITE_URL = "https://www.example.org"
    answer(client, link, "changes", remark="Es war Runde 17.")
    work()
    (sent,) = mail.outbox
    assert sent.subject == "Jens Klingmann bittet um Änderungen: Noch nicht öffentlich"
    assert sent.to == [editor.email] and "Es war Runde 17." in sent.body
    assert f"https://www.example.org/admin/news/article/{link.article.pk}/change/" in sent.body


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_answers_for_nobody(client, link, site):
    sent = filled_in(client.get(link.get_absolute_url())) | {"verdict": "approved"}
    assert client.post(link.get_absolute_url(), sent, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "said", [{"name": "x" * 81}, {"remark": "x" * 2001}, {"verdict": "perhaps"}, {"name": "\0"}, {"name": ""}]
)
def test_an_answer_has_its_bounds(client, link, said):
    assert answer(client, link, **said).status_code == 422
    assert not Answer.objects.exists()


def test_a_link_takes_no_flood_of_answers(client, link, monkeypatch):
    monkeypatch.setattr("news.models.shares.MOST_ANSWERS", 2)
    assert [answer(client, link).status_code for _n in range(3)] == [303, 303, 422]
    assert Answer.objects.count() == 2


def test_an_editor_makes_a_link_and_revokes_it(client, editor):
    article = ArticleFactory(headline="Zu teilen", **DRAFT)
    client.force_login(editor)
    sent = filled_in(client.get(share_page(article)), name="Jens Klingmann", days="3")
    page = client.post(share_page(article), sent, follow=True)
    link = ShareLink.objects.get()
    assert link.created_by == editor
    assert timedelta(days=3) - HOUR < link.expires_at - timezone.now() <= timedelta(days=3)
    assert f"http://testserver{link.get_absolute_url()}" in page.text
    assert "Zu teilen" in client.get(link.get_absolute_url()).text
    client.post(reverse("admin:news_article_revoke", args=[article.pk, link.pk]))
    assert client.get(link.get_absolute_url()).status_code == 410


def test_a_public_article_needs_no_link(client, editor):
    article = ArticleFactory()
    client.force_login(editor)
    page = client.post(share_page(article), filled_in(client.get(share_page(article)), name="x", days="3"))
    assert "Geben Sie einfach seine Adresse weiter" in page.text and not ShareLink.objects.exists()


def test_a_driver_with_an_account_finds_what_was_shared_with_them_and_nothing_else(client, link):
    driver = member("Driver", "fahrer")
    ShareLinkFactory(article__headline="Für andere")
    ended = ShareLinkFactory(article__headline="Vorbei", user=driver)
    ShareLink.objects.filter(pk=ended.pk).revoke()
    ShareLink.objects.filter(pk=link.pk).update(user=driver)
    client.force_login(driver)
    page = client.get("/admin/news/sharelink/").text
    assert f'href="{link.get_absolute_url()}"' in page and "Noch nicht öffentlich" in page
    assert "Für andere" not in page and "Vorbei" not in page
    assert "/admin/news/sharelink/" in client.get("/admin/").text
    for address in (
        share_page(link.article),
        f"/admin/news/article/{link.article.pk}/change/",
        "/admin/news/article/",
    ):
        assert client.get(address).status_code == 403


def test_what_looks_like_code_in_an_answer_is_shown_as_words(client, editor, link):
    code = "<img src=x onerror=run()>"
    answer(client, link, "changes", name=code, remark=f"Bitte {code}")
    client.force_login(editor)
    for address in (link.get_absolute_url(), reverse("admin:news_article_change", args=[link.article_id])):
        page = client.get(address).text
        assert "Bitte &lt;img" in page and code not in page
