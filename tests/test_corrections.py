"""What visitors are told of a change: corrections with their day, and when an article last changed for them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from news.history import versions_of
from news.models import Article
from tests.factories import ArticleFactory, PhotoFactory, TagFactory
from tests.forms import filled_in
from tests.visitor import whole_sitemap

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 6, 10, tzinfo=UTC)
WORDS = "In einer früheren Fassung stand <Platz zwölf> statt elf."


@pytest.fixture
def article():
    return ArticleFactory(slug="bericht", teaser="Der Teaser.", published_at=NOON)


def form_of(article):
    return f"/admin/news/article/{article.pk}/change/"


def save(client, article, **typed):
    sent = filled_in(client.get(form_of(article)), **typed)
    answer = client.post(form_of(article), sent)
    assert answer.status_code == 302, answer.context["errors"]
    article.refresh_from_db()
    return article.modified_at


def correction(text, number=0):
    return {
        "corrections-TOTAL_FORMS": number + 1,
        f"corrections-{number}-text": text,
        f"corrections-{number}-noted_at": "2026-04-07T09:30",
    }


def said_of(client, article):
    """{surface: when it says that the article last changed}"""
    page = client.get("/news/bericht/").text
    data = json.loads(page.split('ld+json">')[1].split("</script>")[0])
    feed = client.get("/feed/").text
    found = {
        "page": page.split('article:modified_time" content="')[1].split('"')[0],
        "data": data["dateModified"],
        "atom": feed.split("<entry>")[1].split("<updated>")[1].split("<")[0],
        "json": client.get("/feed.json").json()["items"][0]["date_modified"],
        "sitemap": whole_sitemap(client).split("/news/bericht/")[1].split("<lastmod>")[1].split("<")[0],
    }
    return {name: datetime.fromisoformat(text) for name, text in found.items()}


def test_every_surface_says_when_visitors_last_saw_a_change(client, admin_client, article):
    def exact(moments):
        # A sitemap knows days.
        return {moment.replace(microsecond=0) for surface, moment in moments.items() if surface != "sitemap"}

    assert exact(said_of(client, article)) == {NOON}
    changed = save(admin_client, article, teaser="Ein anderer.")
    said = said_of(client, article)
    assert exact(said) == {changed.replace(microsecond=0)}
    assert said["sitemap"].date() == changed.date()


@pytest.mark.parametrize(
    "typed",
    [{"headline": "Neu"}, {"body": "<p>Anders.</p>"}, {"byline": "Erika Muster"}, {"kind": "preview"}],
)
def test_what_a_reader_sees_is_a_change(admin_client, article, typed):
    assert save(admin_client, article, **typed)


@pytest.mark.parametrize(
    "typed", [{}, {"pinned": "on"}, {"slug": "anders"}, {"expires_at": "2099-01-01T10:00"}]
)
def test_what_no_reader_sees_is_none(admin_client, article, typed):
    assert save(admin_client, article, **typed) is None


def test_a_mended_comma_is_no_news_for_readers(admin_client, article):
    assert save(admin_client, article, teaser="Der Teaser!", minor="on") is None
    assert Article.objects.get().teaser == "Der Teaser!"
    assert save(admin_client, article, teaser="Ein anderer.")


def test_a_new_article_has_nothing_to_mend(admin_client, article):
    assert 'name="minor"' not in admin_client.get("/admin/news/article/add/").text
    assert 'name="minor"' in admin_client.get(form_of(article)).text


def test_tags_and_gallery_are_seen_as_well(admin_client, article):
    assert save(admin_client, article, tags=[TagFactory().pk])
    Article.objects.update(modified_at=None)
    rows = {"gallery_photos-TOTAL_FORMS": 1, "gallery_photos-0-photo": PhotoFactory().pk}
    assert save(admin_client, article, **rows)


@pytest.mark.parametrize("published_at", [None, timezone.now() + timedelta(days=1)])
def test_before_the_release_nobody_sees_a_change(published_at):
    article = ArticleFactory(stage="released" if published_at else "writing", published_at=published_at)
    article.teaser = "Anders."
    article.save()
    assert article.modified_at is None
    assert article.last_modified == (published_at or article.updated_at)


def test_what_was_away_and_comes_back_is_a_change(article):
    for stage in ("review", "released"):
        article.stage = stage
        article.save()
    assert article.modified_at


def test_a_correction_stands_on_the_page_in_the_feeds_and_in_the_data(client, admin_client, article):
    assert save(admin_client, article, **correction(WORDS))
    page = client.get("/news/bericht/").text
    assert "Berichtigung</h2>" in page and "&lt;Platz zwölf&gt; statt elf." in page
    assert "Berichtigt am 7. April 2026" in page
    data = json.loads(page.split('ld+json">')[1].split("</script>")[0])
    assert data["correction"] == [
        {"@type": "CorrectionComment", "text": WORDS, "datePublished": "2026-04-07T07:30:00+00:00"}
    ]
    item = client.get("/feed.json").json()["items"][0]
    assert "&lt;Platz zwölf&gt; statt elf." in item["content_html"]
    assert "statt elf." in client.get("/feed/").text
    assert versions_of(article.pk).first().revision.milestones.get().kind == "corrected"


def test_several_corrections_stand_in_their_order(client, article):
    for day, text in ((9, "die zweite"), (8, "die erste")):
        article.corrections.create(text=text, noted_at=datetime(2026, 4, day, 12, tzinfo=UTC))
    page = client.get("/news/bericht/").text
    assert "Berichtigungen</h2>" in page and page.index("die erste") < page.index("die zweite")
    assert "Berichtigt am 9. April 2026" in page


def test_a_correction_is_for_what_visitors_have_read(admin_client):
    draft = ArticleFactory(stage="writing", published_at=None)
    assert "corrections-TOTAL_FORMS" not in admin_client.get(form_of(draft)).text


def test_a_page_with_corrections_costs_no_more(client, article, django_assert_max_num_queries):
    client.get("/")
    for number in range(3):
        article.corrections.create(text=f"Nummer {number}")
    with django_assert_max_num_queries(10):
        client.get("/news/bericht/")
