"""Mails are stored with the step that they are about, and go out over the wire as soon as somebody takes them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from driversite.models import SiteProfile
from news import mails, steps
from news.models import Article
from tests.factories import ArticleFactory, member
from tests.mailserver import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server


@pytest.fixture
def reporter():
    return member("Reporter", "reporterin")


@pytest.fixture
def editor():
    return member("Editor", "redakteur")


def hand_in(reporter, **article):
    article = ArticleFactory(author=reporter, **{"stage": "writing", "published_at": None} | article)
    with transaction.atomic():
        step = steps.take(article.pk, "hand_in", reporter)
        mails.step_taken(step, SiteProfile.current().default_language)
    return Article.objects.get(pk=article.pk)


def an_hour_later():
    """As if all that waits for another try had waited."""
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))


def test_the_mail_goes_over_the_wire(server, reporter, editor, work):
    hand_in(reporter, headline="Für Zürich")
    work()
    (sent,) = server.mails
    assert (sent["To"], sent["From"]) == ("redakteur@example.org", "newsroom@testserver")
    assert sent["Subject"] == "Eingereicht: Für Zürich"
    assert "/admin/news/article/" in sent.get_content()


def test_a_mail_server_that_is_away_delays_the_mail_and_loses_nothing(
    settings, server, reporter, editor, work, caplog
):
    settings.EMAIL_PORT = 1
    hand_in(reporter)
    assert work() == 1
    assert "tried again in 10 s: ConnectionRefusedError" in caplog.text
    for _each in range(5):
        an_hour_later()
        work()
    settings.EMAIL_PORT = server.server_address[1]
    assert server.mails == []
    an_hour_later()
    work()
    assert len(server.mails) == 1
    an_hour_later()
    assert work() == 0


def test_a_mail_says_what_was_so_when_it_was_written(server, reporter, editor, work):
    article = hand_in(reporter, headline="Zweiter")
    Article.objects.filter(pk=article.pk).update(headline="Doch nur Dritter")
    work()
    assert server.mails[0]["Subject"] == "Eingereicht: Zweiter"


def test_a_step_that_is_rolled_back_tells_nobody(server, reporter, editor, work):
    with transaction.atomic():
        hand_in(reporter)
        transaction.set_rollback(True)
    assert work() == 0 and server.mails == []


@pytest.mark.parametrize(
    "refusal",
    [{"RCPT TO:<altlast@": "550 no such user"}, {"RCPT TO:<altlast@": "551 moved"}],
)
def test_an_address_that_the_server_does_not_know_is_given_up_and_keeps_no_other_from_being_told(
    server, reporter, editor, work, refusal
):
    member("Editor", "altlast")
    server.refuses = refusal
    hand_in(reporter)
    work()
    assert [sent["To"] for sent in server.mails] == ["redakteur@example.org"]
    assert DBTaskResult.objects.failed().count() == 1


def test_an_address_that_is_none_is_given_up(server, reporter, editor, work):
    User.objects.filter(pk=member("Editor", "altlast").pk).update(email="a@example.org\nBcc: b@example.org")
    hand_in(reporter)
    work()
    (sent,) = server.mails
    assert sent["To"] == "redakteur@example.org" and "Bcc" not in sent
    assert DBTaskResult.objects.failed().count() == 1


@pytest.mark.parametrize(
    "refusal",
    [{"RCPT TO:": "450 come again"}, {"RCPT TO:": "421 closing"}, {"MAIL FROM:": "550 log in"}],
)
def test_a_server_that_wants_to_be_asked_again_is_asked_again(server, reporter, editor, work, refusal):
    server.refuses = refusal
    hand_in(reporter)
    work()
    assert server.mails == [] and not DBTaskResult.objects.failed().exists()
    server.refuses = {}
    an_hour_later()
    work()
    assert len(server.mails) == 1


def test_a_mail_that_the_server_refuses_for_good_is_given_up(server, reporter, editor, work, caplog):
    server.says_of_content = "554 spam"
    hand_in(reporter)
    work()
    assert DBTaskResult.objects.failed().count() == 1
    assert "given up after try 1" in caplog.text and "spam" in caplog.text


def test_a_mail_that_goes_out_twice_carries_the_same_number(server, reporter, editor, work):
    hand_in(reporter)
    work()
    # Its worker was killed between the server's yes and the note of it.
    DBTaskResult.objects.update(status="READY")
    work()
    one, two = server.mails
    assert one["Message-ID"] == two["Message-ID"]
