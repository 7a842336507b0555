"""The panel before the release: what it asks of an article, and what it holds up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from news.models import Article, GalleryPhoto
from news.panel import Written, panel_of
from news.panel.moments import moment_in_words
from tests import factories
from tests.forms import complaints, filled_in

pytestmark = pytest.mark.django_db
TEXT = "<p>Jens Klingmann ist beim Qualifikationsrennen auf Rang zwei gefahren.</p>"


@pytest.fixture
def race():
    """Our car was second, from eleventh on the grid."""
    ours = factories.DriverFactory(first_name="Jens", last_name="Klingmann", ours=True)
    race = factories.RaceFactory(name="Qualifikationsrennen", first_day=date(2014, 4, 6))
    session = factories.SessionFactory(race=race)
    factories.ResultFactory(
        classification=factories.ClassificationFactory(session=session),
        entry=factories.EntryFactory(race=race, number="20", drivers=[ours]),
        position=2,
        grid="11",
        best_lap_ms=507415,
    )
    return race


@pytest.fixture
def draft(race):
    """Nothing is wrong with it but that there is no English version yet."""
    return factories.ArticleFactory(
        headline="Von Startplatz elf auf Platz zwei",
        teaser="Sechs Stunden ohne eigenen Fehler bringen Klingmann auf das Podium.",
        body=TEXT,
        race=race,
        lead_photo=factories.PhotoFactory(),
        stage=Article.Stage.WRITING,
        published_at=None,
    )


def rows(article, **options):
    """{check: [(severity, field)]}"""
    found = {}
    for row in panel_of(Written(article, **options)).rows:
        found.setdefault(row.check.name, []).append((row.finding.severity.value, row.finding.field))
    return found


def sentences(article, check):
    return [row.finding.sentence for row in panel_of(Written(article)).rows if row.check.name == check]


def test_a_good_draft_is_fine_but_for_the_other_language(draft):
    found = rows(draft)
    assert found.pop("languages") == [("warns", "language")]
    assert {severity for row in found.values() for severity, _field in row} == {"fine"}
    assert sentences(draft, "facts") == ["4 Angaben stimmen mit den Ergebnissen überein."]


@pytest.mark.parametrize(
    ("check", "changes", "row"),
    [
        ("headline", {"headline": ""}, ("blocks", "headline")),
        ("headline", {"headline": "Kurz"}, ("warns", "headline")),
        ("headline", {"headline": "Lang " * 20}, ("warns", "headline")),
        ("headline", {"headline": "x" * 141}, ("blocks", "headline")),
        ("teaser", {"teaser": ""}, ("warns", "teaser")),
        ("teaser", {"teaser": "Zu kurz."}, ("warns", "teaser")),
        ("teaser", {"teaser": "x" * 250}, ("warns", "teaser")),
        ("teaser", {"teaser": "x" * 301}, ("blocks", "teaser")),
        ("dateline", {"dateline": ""}, ("warns", "dateline")),
        ("text", {"body": "<p></p>"}, ("blocks", "body")),
        ("embargo", {"body": "<p>Sperrfrist: 18 Uhr</p>"}, ("warns", "body")),
        ("lead_photo", {"lead_photo": None}, ("warns", "lead_photo")),
        ("race", {"race": None}, ("warns", "race")),
    ],
)
def test_what_is_missing_or_too_long_is_said_with_its_field(draft, check, changes, row):
    for name, value in changes.items():
        setattr(draft, name, value)
    assert rows(draft)[check] == [row]


def test_a_column_needs_neither_dateline_nor_race(draft):
    draft.kind, draft.dateline, draft.race = Article.Kind.COLUMN, "", None
    assert not {"dateline", "race"} & set(rows(draft))


def test_a_photo_needs_alt_text_in_the_language_of_the_article(draft):
    photo = draft.lead_photo
    photo.alt_de = ""
    photo.save()
    assert rows(draft)["photos"] == [("blocks", "lead_photo")]
    draft.language = "en"
    assert rows(draft)["photos"] == [("fine", "lead_photo")]
    draft.language, photo.decorative = "de", True
    photo.save()
    assert rows(draft)["photos"] == [("fine", "lead_photo")]


def test_a_licence_counts_on_the_day_on_which_the_article_appears(draft):
    photo = factories.PhotoFactory(licence_ends_on=timezone.localdate() + timedelta(days=3))
    GalleryPhoto.objects.create(article=draft, photo=photo)
    assert ("warns", "gallery") in rows(draft)["photos"]
    draft.published_at = timezone.now() + timedelta(days=5)
    assert ("blocks", "gallery") in rows(draft)["photos"]


def test_a_time_of_release_that_has_passed_is_no_secret(draft):
    draft.published_at = timezone.now() - timedelta(days=2)
    assert rows(draft)["release"] == [("warns", "published_at")]
    draft.published_at = timezone.now() + timedelta(days=2)
    assert rows(draft)["release"] == [("fine", "published_at")]
    draft.expires_at = draft.published_at - timedelta(hours=1)
    assert rows(draft)["expiry"] == [("blocks", "expires_at")]


def test_an_article_that_has_disappeared_was_seen(draft):
    now = timezone.now()
    draft.stage, draft.published_at = "released", now - timedelta(days=2)
    draft.expires_at = now - timedelta(days=1)
    assert rows(draft)["expiry"] == [("warns", "expires_at")]
    # What was never released would disappear before it appears.
    draft.stage = "review"
    assert rows(draft)["expiry"] == [("blocks", "expires_at")]


@pytest.mark.parametrize(
    ("language", "words"), [("de", "6. April 2014, 18:00 (MESZ)"), ("en", "6 April 2014, 18:00 (CEST)")]
)
def test_a_moment_names_the_clocks_in_the_language_of_the_newsroom(language, words):
    with translation.override(language):
        assert moment_in_words(datetime(2014, 4, 6, 16, tzinfo=UTC)) == words


def test_the_other_language_is_missing_then_waiting_then_stale(draft):
    english = factories.ArticleFactory(language="en", stage="review", published_at=None)
    english.translation_group = draft.translation_group
    english.follows(draft)
    english.save()
    assert rows(draft)["languages"] == [("warns", "language")]
    Article.objects.filter(pk=english.pk).update(stage="released", slug="frei", published_at=timezone.now())
    assert rows(draft)["languages"] == [("fine", "language")]
    draft.body += "<p>Und noch ein Satz.</p>"
    draft.save()
    assert rows(draft)["languages"] == [("warns", "language")]
    assert ("warns", "body") in rows(Article.objects.get(pk=english.pk))["languages"]


def test_a_race_that_is_over_and_has_no_results_is_named(draft):
    draft.race = factories.RaceFactory(first_day=date(2014, 5, 1))
    assert rows(draft)["race"] == [("warns", "race")]


def test_a_contradiction_quotes_the_text_and_says_the_record_in_the_editors_language(draft):
    draft.body = "<p>Am 7. April war es kühl.</p><p>Klingmann wurde Dritter.</p>"
    found = [row.finding for row in panel_of(Written(draft)).rows if row.check.name == "facts"]
    assert [(each.field, each.quote) for each in found[:2]] == [("body", "7. April"), ("body", "Dritter")]
    assert found[1].passage == "Klingmann wurde Dritter."
    assert "Sonntag, 6. April 2014" in found[0].sentence
    assert found[1].sentence == "Platz: Laut Ergebnis 2."
    with translation.override("en"):
        said = sentences(draft, "facts")
    assert "Sunday, 6 April 2014" in said[0] and said[1] == "Place: the results say 2."


def test_an_english_article_is_checked_in_english(draft):
    draft.language, draft.body = "en", "<p>Klingmann finished third.</p>"
    draft.headline = draft.teaser = ""
    assert ("warns", "body") in rows(draft)["facts"]


def test_the_panel_asks_few_questions(draft, django_assert_max_num_queries):
    photos = factories.PhotoFactory.create_batch(12)
    pages = [*factories.ArticleFactory.create_batch(5), draft.race]
    links = [*(page.get_absolute_url() for page in pages), "https://bilstein.example/"]
    draft.body += "".join(f'<p><a href="{address}">Link</a></p>' for address in links)
    draft.save()
    # As the view asks for it.
    article = Article.objects.select_related("race__circuit", "source").get(pk=draft.pk)
    with django_assert_max_num_queries(12):
        panel_of(Written(article, gallery=[photo.pk for photo in photos]))


def check(client, article, **data):
    """The piece beside the form for what is typed there."""
    address = f"/admin/news/article/{article.pk}/check/" if article else "/admin/news/article/check/"
    return client.post(address, data, headers={"X-Requested-With": "fetch"}).text


def test_the_piece_shows_what_is_typed_and_stores_nothing(admin_client, draft):
    stored = {"kind": "report", "language": "de", "stage": "writing", "race": draft.race_id}
    text = check(admin_client, draft, **stored, body="<p>Klingmann wurde Dritter.</p>")
    assert 'data-field="body" data-quote="Dritter" data-passage="Klingmann wurde Dritter."' in text
    assert 'data-check="headline"' in text and "is-blocks" in text
    assert Article.objects.get().body == TEXT and Article.objects.get().version == draft.version


def test_a_new_article_is_checked_before_it_is_saved(admin_client, race):
    text = check(admin_client, None, language="de", race=race.pk, body="<p>Klingmann wurde Dritter.</p>")
    assert 'data-quote="Dritter"' in text
    assert not Article.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "9" * 30, "0", "-1"])
def test_whatever_is_sent_gets_rows(admin_client, draft, value):
    names = ("race", "lead_photo", "published_at", "expires_at", "language", "kind", "translation_of")
    sent = dict.fromkeys(names, value) | {
        "gallery_photos-TOTAL_FORMS": value,
        "gallery_photos-0-photo": value,
    }
    assert "data-check" in check(admin_client, draft, **sent)
    assert "data-check" in check(admin_client, None, **sent)


def test_without_script_the_check_is_a_page_of_its_own(admin_client, draft):
    page = admin_client.get(f"/admin/news/article/{draft.pk}/check/")
    assert page.status_code == 200
    assert f'href="/admin/news/article/{draft.pk}/change/#id_language"' in page.text
    assert admin_client.get("/admin/news/article/check/").status_code == 404


def test_nobody_releases_a_photo_without_alt_text_by_form(admin_client, draft):
    draft.lead_photo.alt_de = ""
    draft.lead_photo.save()
    address = f"/admin/news/article/{draft.pk}/change/"
    refused = admin_client.post(address, filled_in(admin_client.get(address), _step="release"))
    assert "Bildbeschreibung" in complaints(refused)["lead_photo"][0]
    assert Article.objects.get().stage == "writing"


def test_nobody_releases_a_photo_without_alt_text_by_the_action(admin_client, draft):
    draft.lead_photo.alt_de = ""
    draft.lead_photo.save()
    sent = {"action": "release", "_selected_action": [draft.pk]}
    page = admin_client.post("/admin/news/article/", sent, follow=True)
    assert "Bildbeschreibung" in page.text
    assert Article.objects.get().stage == "writing"


def test_what_is_released_can_be_mended_although_a_licence_has_ended(admin_client, draft):
    Article.objects.update(stage="released", slug="frei", published_at=timezone.now())
    draft.lead_photo.licence_ends_on = date(2015, 1, 1)
    draft.lead_photo.save()
    address = f"/admin/news/article/{draft.pk}/change/"
    sent = filled_in(admin_client.get(address), teaser="Ein Tippfehler weniger.")
    assert admin_client.post(address, sent).status_code == 302
    assert Article.objects.get().teaser == "Ein Tippfehler weniger."


def test_a_link_that_leads_nowhere_is_quoted(draft):
    hidden = factories.ArticleFactory(stage="review", published_at=None, slug="geheim")
    draft.body += (
        f'<p><a href="/news/gibt-es-nicht/">Hier</a> und <a href="{hidden.get_absolute_url()}">dort</a></p>'
    )
    found = [row.finding for row in panel_of(Written(draft)).rows if row.check.name == "links"]
    assert [each.quote for each in found] == ["Hier", "dort"]
    assert "/news/gibt-es-nicht/" in found[0].sentence and found[0].sentence != found[1].sentence


def test_a_partners_link_and_an_offer_belong_into_the_box(draft):
    factories.SponsorFactory(name="Bilstein", website="https://www.bilstein.example/de/")
    link = '<p><a href="https://bilstein.example/shop">Fahrwerke</a> mit 20 % Rabatt</p>'
    draft.body = TEXT + link
    assert rows(draft)["advertising"] == [("warns", "body")] * 2
    draft.body = f'{TEXT}<aside class="anzeige">{link}</aside>'
    assert "advertising" not in rows(draft)
    draft.body = f'{TEXT}<p><a href="https://other.example/">anderswo</a></p>'
    assert "advertising" not in rows(draft)


def test_a_correction_may_say_what_was_wrong(draft):
    was = "<p>Klingmann wurde nicht Dritter.</p><p>Klingmann wurde Vierter.</p>"
    draft.body = f'{TEXT}<aside class="correction" data-date="2014-04-08">{was}</aside>'
    assert {severity for severity, _field in rows(draft)["facts"]} == {"fine"}


def test_what_looks_like_code_is_shown_as_words_by_the_panel(admin_client, draft):
    code = "<img src=x onerror=run()>"
    form = filled_in(admin_client.get(f"/admin/news/article/{draft.pk}/change/"), dateline=code)
    form["body"] = "<p>Klingmann kam &lt;script&gt;run()&lt;/script&gt; auf Rang drei ins Ziel.</p>"
    page = admin_client.post(f"/admin/news/article/{draft.pk}/check/", form).text
    assert "&lt;img src=x" in page and "Rang drei" in page
    assert code not in page and "<script>run()" not in page
