"""Writing: the article's form, its versions, its preview, its text editor, and when it appears, in words."""

import base64
import hashlib
import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import django_prose_editor
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone, translation

from driversite.models import SiteProfile
from news.admin.release import in_words, state_of
from news.models import Article, GalleryPhoto
from tests import factories
from tests.forms import complaints, filled_in

pytestmark = pytest.mark.django_db

ADD = "/admin/news/article/add/"
NOW = datetime(2026, 4, 2, 12, tzinfo=ZoneInfo("Europe/Berlin"))  # a Thursday


def change_page(article):
    return reverse("admin:news_article_change", args=[article.pk])


def preview_page(article):
    return reverse("article_preview", args=[article.pk])


@pytest.mark.parametrize(
    ("stage", "published", "expires", "state", "german", "english"),
    [
        ("writing", None, None, "writing", "in Arbeit", "in writing"),
        ("review", None, None, "review", "in Prüfung", "in review"),
        ("released", "2026-04-02 18:00", None, "scheduled", "erscheint heute, 18:00 Uhr", "appears today 18:00"),
        ("released", "2026-04-03 09:30", None, "scheduled", "erscheint morgen, 09:30 Uhr", "appears tomorrow 09:30"),
        ("released", "2026-04-05 18:00", None, "scheduled", "erscheint Sonntag, 18:00 Uhr", "appears on Sunday 18:00"),
        (
            "released", "2026-05-01 18:00", None, "scheduled",
            "erscheint am 1. Mai 2026, 18:00 Uhr", "appears on 1 May 2026, 18:00",
        ),
        ("released", "2014-04-06 18:00", None, "public", "öffentlich seit 6. April 2014", "public since 6 April 2014"),
        (
            "released", "2014-04-06 18:00", "2026-06-01 18:00", "public",
            "öffentlich bis 1. Juni 2026", "public until 1 June 2026",
        ),
        (
            "released", "2014-04-06 18:00", "2014-05-01 18:00", "expired",
            "abgelaufen am 1. Mai 2014", "expired on 1 May 2014",
        ),
    ],
)  # fmt: skip
def test_when_an_article_appears_is_said_in_words(stage, published, expires, state, german, english):
    published, expires = (
        moment and datetime.fromisoformat(moment).replace(tzinfo=NOW.tzinfo)
        for moment in (published, expires)
    )
    article = factories.ArticleFactory(stage=stage, published_at=published, expires_at=expires)
    assert state_of(article, NOW) == state
    with timezone.override("Europe/Berlin"):
        assert in_words(article, NOW) == german
        with translation.override("en"):
            assert in_words(article, NOW) == english


def test_the_filter_by_state_answers_what_the_chip_says(admin_client):
    now = timezone.now()
    rows = {
        "writing": factories.ArticleFactory(stage="writing", published_at=None),
        "review": factories.ArticleFactory(stage="review", published_at=None),
        "scheduled": factories.ArticleFactory(published_at=now + timedelta(days=1)),
        "public": factories.ArticleFactory(published_at=now - timedelta(days=1)),
        "expired": factories.ArticleFactory(
            published_at=now - timedelta(days=2), expires_at=now - timedelta(days=1)
        ),
    }
    for state, article in rows.items():
        page = admin_client.get("/admin/news/article/", {"state": state})
        assert list(page.context["cl"].result_list) == [article]
        assert f"chip is-{state}" in page.text


def test_a_new_article_starts_in_the_sites_language_and_belongs_to_its_author(admin_client):
    SiteProfile.objects.create(name="Erika Muster", default_language="en")
    page = admin_client.get(ADD)
    assert page.context["adminform"].form.initial["language"] == "en"
    admin_client.post(ADD, filled_in(page, headline="Second place"))
    assert Article.objects.get().author == User.objects.get(username="admin")


def test_the_english_version_begins_with_all_that_is_the_same(admin_client):
    photo = factories.PhotoFactory(renditions=True)
    german = factories.ArticleFactory(
        race=factories.RaceFactory(), lead_photo=photo, kind="preview", dateline="Leimen"
    )
    german.tags.add(factories.TagFactory())
    GalleryPhoto.objects.create(article=german, photo=photo, order=3)
    link = f"{ADD}?translation_of={german.pk}&language=en"
    sent = filled_in(admin_client.get(link), headline="From eleventh to second")
    assert admin_client.post(link, sent).status_code == 302
    english = Article.objects.get(language="en")
    for name in ("translation_group", "race", "lead_photo", "kind", "dateline"):
        assert getattr(english, name) == getattr(german, name)
    assert list(english.tags.all()) == list(german.tags.all())
    assert [(row.photo, row.order) for row in english.gallery_photos.all()] == [(photo, 3)]
    assert english.stage == "writing"


def test_there_is_one_version_in_each_language(admin_client):
    german = factories.ArticleFactory()
    english = factories.ArticleFactory(language="en", translation_group=german.translation_group)
    link = f"{ADD}?translation_of={german.pk}&language=en"
    refused = admin_client.post(link, filled_in(admin_client.get(link), headline="Once more"))
    assert english.headline in complaints(refused)["language"][0]

    refused = admin_client.post(
        change_page(english), filled_in(admin_client.get(change_page(english)), language="de")
    )
    assert german.headline in complaints(refused)["language"][0]


def test_what_the_result_says_stands_in_the_form_and_cannot_be_typed(admin_client):
    ours = factories.DriverFactory(ours=True)
    race = factories.RaceFactory()
    line = factories.ResultFactory(
        classification__session__race=race,
        entry=factories.EntryFactory(race=race, number="20", drivers=[ours]),
        grid="11",
        best_lap_ms=511192,
    )
    text = admin_client.get(change_page(factories.ArticleFactory(race=race))).text
    facts = text.split('class="facts"')[1].split("</dl>")[0]
    assert all(word in facts for word in ("P2", "11", "8:31,192", "#20"))
    assert reverse("admin:news_session_change", args=[line.classification.session_id]) in text


def test_a_draft_can_be_previewed_as_visitors_will_see_it(admin_client):
    article = factories.ArticleFactory(
        stage="writing", published_at=None, headline="Noch geheim", race=factories.RaceFactory()
    )
    assert reverse("article_look", args=[article.pk]) in admin_client.get(change_page(article)).text
    page = admin_client.get(preview_page(article))
    assert "Noch geheim" in page.text and "news/article_detail.html" in [
        template.name for template in page.templates
    ]
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page.headers["Cache-Control"]
    policies = [
        answer.headers["Content-Security-Policy"].split("; ") for answer in (page, admin_client.get("/"))
    ]
    # The newsroom may hold it in a frame; in all else it is the policy of public pages.
    assert set(policies[0]) ^ set(policies[1]) == {"frame-ancestors 'self'", "frame-ancestors 'none'"}
    # It says what it is, and leads back.
    assert "Vorschau" in page.text and f'href="{change_page(article)}"' in page.text
    assert "cookie_consent/_banner.html" not in [template.name for template in page.templates]


def test_a_preview_is_in_the_language_of_its_article(admin_client):
    article = factories.ArticleFactory(stage="writing", published_at=None, language="en")
    page = admin_client.get(preview_page(article), headers={"Accept-Language": "de"})
    assert '<html lang="en"' in page.text and page.headers["Content-Language"] == "en"


def test_a_preview_is_for_those_who_may_see_articles(client):
    article = factories.ArticleFactory(stage="writing", published_at=None)
    client.force_login(User.objects.create_user("guest", is_staff=True))
    assert client.get(preview_page(article)).status_code == 403


def test_the_way_to_the_site_is_shown_once_the_article_is_public(admin_client):
    public, later = (
        factories.ArticleFactory(),
        factories.ArticleFactory(published_at=timezone.now() + timedelta(hours=1)),
    )
    assert f'href="{public.get_absolute_url()}"' in admin_client.get(change_page(public)).text
    assert later.get_absolute_url() not in admin_client.get(change_page(later)).text


HOSTILE = (
    '<h1>Titel</h1><p onclick="steal()" style="color:red">Text <b>fett</b> <script>steal()</script>'
    '<a href="javascript:steal()">a</a> <a href="//evil.example">b</a> <img src=x onerror=steal()>'
    "<iframe src='https://evil.example'></iframe></p>"
)
HARMLESS = "<h2>Titel</h2><p>Text <strong>fett</strong> a b </p>"


def test_hostile_rich_text_is_harmless_when_it_comes_by_the_form(admin_client):
    article = factories.ArticleFactory()
    admin_client.post(change_page(article), filled_in(admin_client.get(change_page(article)), body=HOSTILE))
    article.refresh_from_db()
    assert article.body == HARMLESS


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (factories.ArticleFactory, "body"),
        (factories.PageFactory, "body_de"),
        (factories.DriverFactory, "story_en"),
    ],
)
def test_hostile_rich_text_is_harmless_when_it_comes_by_code(make, field):
    row = make(**{field: HOSTILE})
    row.refresh_from_db()
    assert getattr(row, field) == HARMLESS


def test_the_policy_knows_the_one_style_that_the_text_editor_writes():
    """After an upgrade of the editor this fails: put the new hash into the settings."""
    script = Path(django_prose_editor.__file__).parent / "static" / "django_prose_editor" / "editor.js"
    (style,) = re.findall(r"\w+=`(\.ProseMirror \{[^`]*)`", script.read_text())
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" == settings.PROSE_EDITOR_STYLE_HASH


def test_the_import_map_of_the_text_editor_carries_the_nonce_of_its_answer(admin_client):
    page = admin_client.get(ADD)
    (nonce,) = re.findall(r"'nonce-([^']+)'", page.headers["Content-Security-Policy"])
    inline = [tag for tag in re.findall(r"<script\b[^>]*>", page.text) if "src=" not in tag]
    assert inline and all(f'nonce="{nonce}"' in tag for tag in inline)
    assert nonce not in admin_client.get(ADD).text
