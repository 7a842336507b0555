"""The way through the newsroom: hand in, return with a remark, release, schedule, take back; and who hears of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from driversite.models import SiteProfile
from news import steps
from news.history import new_version, versions_of
from news.models import Article, Step
from tests.factories import ArticleFactory, member
from tests.forms import complaints, filled_in

pytestmark = pytest.mark.django_db
DRAFT = {"stage": "writing", "published_at": None}
ADD = "/admin/news/article/add/"


@pytest.fixture
def reporter():
    return member("Reporter", "reporterin")


@pytest.fixture
def editor():
    return member("Editor", "redakteur")


def page_of(article):
    return reverse("admin:news_article_change", args=[article.pk])


def press(client, user, article, kind, **typed):
    """Press one of the buttons, as this person."""
    client.force_login(user)
    sent = filled_in(client.get(page_of(article)), _step=kind, **typed)
    return client.post(page_of(article), sent, follow=True)


def stage_of(article):
    return Article.objects.get(pk=article.pk).stage


def test_an_article_goes_through_the_newsroom_and_the_log_says_how(client, reporter, editor):
    article = ArticleFactory(author=reporter, **DRAFT)
    press(client, reporter, article, "hand_in", headline="Von elf auf zwei")
    assert stage_of(article) == "review"
    press(client, editor, article, "return", step_remark="Wer war Zweiter?")
    assert stage_of(article) == "writing"
    press(client, reporter, article, "hand_in", step_remark="Ist ergänzt.")
    page = press(client, editor, article, "release")
    article.refresh_from_db()
    assert article.headline == "Von elf auf zwei" and article.is_public()

    assert [(step.kind, step.user, step.remark) for step in article.steps.all()] == [
        ("release", editor, ""),
        ("hand_in", reporter, "Ist ergänzt."),
        ("return", editor, "Wer war Zweiter?"),
        ("hand_in", reporter, ""),
    ]
    assert "Wer war Zweiter?" in page.text and "Zurückgegeben" in page.text


def test_a_step_saves_what_was_typed_or_neither(client, editor):
    article = ArticleFactory(headline="Vorher", stage="review", published_at=None)
    refused = press(client, editor, article, "return", headline="Nachher", step_remark=" ")
    assert "step_remark" in complaints(refused)
    refused = press(client, editor, article, "release", headline="Nachher", body="")
    assert "body" in complaints(refused)
    # The page says where the article stands, not where it was meant to go.
    assert "chip is-review" in refused.text and 'value="take_back"' not in refused.text
    article.refresh_from_db()
    assert (article.headline, article.stage) == ("Vorher", "review")
    assert not Step.objects.exists()


def test_a_step_on_the_same_text_that_somebody_has_saved_meanwhile_is_taken(client, reporter, editor):
    article = ArticleFactory(author=reporter, **DRAFT)
    client.force_login(editor)
    opened = client.get(page_of(article))
    steps.take(article.pk, "hand_in", reporter)
    sent = filled_in(opened, _step="return", step_remark="Bitte kürzen.")
    client.post(page_of(article), sent)
    assert stage_of(article) == "writing" and article.steps.first().remark == "Bitte kürzen."
    # What the other has done may stand in the way: then it is said, and nothing is done.
    page = client.post(page_of(article), filled_in(opened, _step="take_back"), follow=True)
    assert "nicht mehr möglich" in page.text and article.steps.count() == 2


def test_a_second_click_on_the_same_button_is_the_first(client, editor):
    article = ArticleFactory(stage="review", published_at=None)
    client.force_login(editor)
    sent = filled_in(client.get(page_of(article)), _step="release")
    for _click in range(2):
        page = client.post(page_of(article), sent, follow=True)
        assert "jetzt öffentlich" in page.text
    assert article.steps.count() == 1


def test_a_step_on_another_text_than_was_looked_at_is_a_conflict(client, reporter, editor):
    article = ArticleFactory(stage="review", published_at=None)
    client.force_login(editor)
    sent = filled_in(client.get(page_of(article)), _step="release")
    with new_version(article.pk, reporter) as stored:
        stored.headline = "Ganz anders"
        stored.save()
    assert client.post(page_of(article), sent).status_code == 409
    assert stage_of(article) == "review"


def test_a_new_article_is_handed_in_in_one_go(client, reporter):
    client.force_login(reporter)
    sent = filled_in(client.get(ADD), headline="Neu", body="<p>Da.</p>", _step="hand_in")
    assert client.post(ADD, sent).status_code == 302
    article = Article.objects.get()
    assert (article.stage, article.author, article.steps.get().kind) == ("review", reporter, "hand_in")


def test_without_a_button_the_stage_stays(client, editor):
    article = ArticleFactory(**DRAFT)
    client.force_login(editor)
    client.post(page_of(article), filled_in(client.get(page_of(article)), stage="released", _step="no such"))
    assert stage_of(article) == "writing"


@pytest.mark.parametrize(
    ("stage", "kinds", "for_reporters"),
    [
        ("writing", {"hand_in", "release", "schedule"}, {"hand_in"}),
        ("review", {"return", "release", "schedule"}, {"withdraw"}),
        ("released", {"take_back"}, set()),
    ],
)
def test_each_stage_leads_on_for_those_who_may(reporter, editor, stage, kinds, for_reporters):
    article = Article(stage=stage, published_at=timezone.now() - timedelta(days=1))
    assert set(steps.open_to(article, editor)) == kinds
    assert set(steps.open_to(article, reporter)) == for_reporters


@pytest.mark.parametrize("kind", ["return", "release", "schedule", "take_back"])
def test_who_may_not_release_takes_no_step_of_an_editor_from_anywhere(reporter, kind):
    stages = {"return": "review", "take_back": "released"}
    article = ArticleFactory(stage=stages.get(kind, "writing"))
    with pytest.raises(ValidationError):
        steps.take(article.pk, kind, reporter, "Anmerkung")
    assert stage_of(article) == article.stage and not Step.objects.exists()


def test_a_step_that_somebody_else_has_taken_is_refused(editor):
    article = ArticleFactory(stage="review", published_at=None)
    steps.take(article.pk, "release", editor)
    with pytest.raises(ValidationError):
        steps.take(article.pk, "return", editor, "Zu spät")
    assert stage_of(article) == "released"


def test_release_now_and_schedule_do_what_they_say(client, editor):
    later = (timezone.localtime() + timedelta(days=2)).replace(second=0, microsecond=0)
    typed = later.strftime("%Y-%m-%dT%H:%M")
    article = ArticleFactory(**DRAFT)
    assert "published_at" in complaints(press(client, editor, article, "schedule"))
    assert "published_at" in complaints(press(client, editor, article, "release", published_at=typed))
    assert stage_of(article) == "writing"

    press(client, editor, article, "schedule", published_at=typed)
    article.refresh_from_db()
    assert article.published_at == later and article.steps.get().appears_at == later
    assert not Article.objects.public().exists()

    press(client, editor, article, "release")
    assert list(Article.objects.public()) == [article]


def test_what_would_have_disappeared_already_is_not_released(client, editor):
    article = ArticleFactory(**DRAFT)
    past = (timezone.localtime() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert "expires_at" in complaints(press(client, editor, article, "release", expires_at=past))


def test_the_zone_stands_beside_the_times(client, editor):
    SiteProfile.objects.create(name="Erika Muster", time_zone="Europe/Berlin")
    client.force_login(editor)
    summer = timezone.make_aware(timezone.datetime(2026, 7, 1, 12))
    page = client.get(page_of(ArticleFactory(published_at=summer))).text
    assert "Europe/Berlin, MESZ" in page
    winter = timezone.make_aware(timezone.datetime(2025, 12, 1, 12))
    assert "Europe/Berlin, MEZ" in client.get(page_of(ArticleFactory(published_at=winter))).text


def test_each_step_is_a_milestone_of_the_history(editor):
    article = ArticleFactory(stage="review", published_at=None)
    steps.take(article.pk, "release", editor)
    version = versions_of(article.pk).first()
    assert version.revision.user == editor
    assert [milestone.kind for milestone in version.revision.milestones.all()] == ["released"]


def test_the_list_returns_an_article_without_text_with_a_sentence(client, editor):
    good, empty = (
        ArticleFactory(stage="review", published_at=None, body=body) for body in ("<p>Da.</p>", "")
    )
    client.force_login(editor)
    sent = {"action": "release", "_selected_action": [good.pk, empty.pk]}
    client.post("/admin/news/article/", sent)
    assert (stage_of(good), stage_of(empty)) == ("released", "review")
    assert good.steps.get().kind == "release" and not empty.steps.exists()


# ---- mails ---------------------------------------------------------------------------------------------------


@pytest.fixture
def told(work):
    """`told(call)`: the mails that go out, afterwards, of what the call does."""

    def mails_of(call, *args, **kwargs):
        mail.outbox.clear()
        call(*args, **kwargs)
        assert mail.outbox == [], "Somebody waited for a mail to go out."
        work()
        return mail.outbox

    return mails_of


def test_editors_hear_of_what_was_handed_in(client, reporter, editor, told, settings):
    settings.SITE_URL = "https://www.example.org"
    member("Driver", "fahrer")
    article = ArticleFactory(author=reporter, headline="Von elf auf zwei", **DRAFT)
    (sent,) = told(press, client, reporter, article, "hand_in", step_remark="Bitte bis 18 Uhr.")
    assert (sent.subject, sent.to) == ("Eingereicht: Von elf auf zwei", ["redakteur@example.org"])
    assert "reporterin" in sent.body and "Bitte bis 18 Uhr." in sent.body
    assert f"https://www.example.org{page_of(article)}" in sent.body
    assert sent.content_subtype == "plain"


@pytest.mark.parametrize(
    ("kind", "stage", "subject"),
    [
        ("return", "review", "Zurück an Sie: Bericht & mehr"),
        ("release", "review", "Freigegeben: Bericht & mehr"),
        ("take_back", "released", "Zurückgenommen: Bericht & mehr"),
    ],
)
def test_who_wrote_hears_what_became_of_it(client, reporter, editor, told, kind, stage, subject):
    article = ArticleFactory(author=reporter, headline="Bericht & mehr", stage=stage)
    (sent,) = told(press, client, editor, article, kind, step_remark="Die Runde stimmt nicht.")
    assert (sent.subject, sent.to) == (subject, ["reporterin@example.org"])
    assert "Die Runde stimmt nicht." in sent.body


def test_mails_speak_the_language_of_the_site_whatever_the_sender_reads(client, reporter, editor, told):
    SiteProfile.objects.create(name="Erika Muster", default_language="en")
    article = ArticleFactory(author=reporter, headline="Report", **DRAFT)
    client.cookies["django_language"] = "de"
    (sent,) = told(press, client, reporter, article, "hand_in")
    assert sent.subject == "Handed in: Report"


def test_nobody_is_told_of_their_own_step(client, editor, told):
    article = ArticleFactory(author=editor, stage="review", published_at=None)
    assert told(press, client, editor, article, "release") == []


def test_a_release_pressed_before_a_colleague_returned_the_article_is_refused(client, editor):
    article = ArticleFactory(stage="review", published_at=None)
    client.force_login(editor)
    form = filled_in(client.get(page_of(article)), _step="release")
    press(client, member("Editor", "kollegin"), article, "return", step_remark="Wer war Zweiter?")
    client.force_login(editor)
    page = client.post(page_of(article), form, follow=True)
    assert stage_of(article) == "writing" and "Wer war Zweiter?" in page.text
    assert "nicht mehr möglich" in page.text


def test_who_opens_a_returned_article_reads_first_why(client, reporter, editor):
    article = ArticleFactory(author=reporter, stage="review", published_at=None)
    press(client, editor, article, "return", step_remark="Wer war Zweiter?")
    client.force_login(reporter)
    page = client.get(page_of(article)).text
    assert page.index("hat diesen Artikel zurückgegeben:</b> Wer war Zweiter?") < page.index("id_headline")
    press(client, reporter, article, "hand_in")
    assert "hat diesen Artikel zurückgegeben" not in client.get(page_of(article)).text


def test_a_released_article_cannot_be_saved_with_an_open_quote(client, editor):
    article = ArticleFactory(body="<p>„Stark.“</p>")
    client.force_login(editor)
    refused = client.post(page_of(article), filled_in(client.get(page_of(article)), body="<p>„[Zitat]“</p>"))
    assert "Zitat ist noch offen" in complaints(refused)["body"][0]
    article.refresh_from_db()
    assert article.body == "<p>„Stark.“</p>"


def test_a_reporter_is_not_shown_what_only_an_editor_fills_in(client, reporter):
    client.force_login(reporter)
    page = client.get(ADD).text
    assert "field-headline" in page and "field-pinned" not in page
    planned = ArticleFactory(stage="review", published_at=timezone.now() + timedelta(days=1))
    page = client.get(page_of(planned)).text
    assert "field-published_at" in page
