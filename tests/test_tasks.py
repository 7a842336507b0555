"""Tasks: which comes first, what fails is tried again, what is given up is told, nobody works over another's head."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from driversite.models import Worker
from driversite.pages.changes import concerns_visitors
from driversite.tasks import rows, signs, worker
from news.tasks import Hopeless, make_renditions, send_mail, task
from tests.factories import PhotoFactory, member
from tests.patience import until

pytestmark = pytest.mark.django_db
MAIL = ("editor@example.org", "Eingereicht: Von elf auf zwei", "Text")
WENT = []


@task
def go(what):
    if what in ("fails", "is hopeless"):
        raise {"fails": RuntimeError, "is hopeless": Hopeless}[what](f"It {what}.")
    if what == "fails oddly":
        raise RuntimeError("\0 and \ud800")
    WENT.append(what)


@pytest.fixture(autouse=True)
def _nothing_went_before():
    WENT.clear()


def only():
    return DBTaskResult.objects.get()


def made_old(**ago):
    """As if all tasks had been asked for so long ago."""
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(**ago))


def tried_until_given_up(work):
    """The pauses in between, in seconds."""
    pauses = []
    while work():
        row = only()
        pauses.append(round((row.run_after - timezone.now()).total_seconds()))
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    return pauses[:-1]


def test_mails_go_before_pictures_and_what_failed_waits_behind_both(work, mailoutbox, monkeypatch):
    went = []
    monkeypatch.setattr(rows, "call", lambda row: went.append(rows.name(row).split()[0]) or 1 / 0)
    go.enqueue("first")
    work()
    DBTaskResult.objects.update(run_after=timezone.now())
    make_renditions.enqueue(1)
    send_mail.enqueue(*MAIL)
    work()
    assert went == ["go", "send_mail", "make_renditions", "go"]


def test_what_fails_is_tried_for_a_day_with_growing_pauses_and_then_given_up(work, caplog):
    go.enqueue("fails")
    pauses = tried_until_given_up(work)
    assert pauses[:4] == [10, 20, 40, 80] and max(pauses) == 3600 and pauses == sorted(pauses)
    assert timedelta(hours=20) < timedelta(seconds=sum(pauses)) < timedelta(hours=26)
    assert only().status == "FAILED" and "It fails." in only().traceback
    assert [record.levelname for record in caplog.records].count("ERROR") == 1
    assert caplog.records[-1].exc_info


def test_what_is_hopeless_is_given_up_at_once(work):
    go.enqueue("is hopeless")
    assert work() == 1 and only().status == "FAILED"


def test_an_error_may_say_what_no_database_takes(work):
    go.enqueue("fails oddly")
    assert work() == 1
    assert r"\0 and \ud800" in only().traceback


def test_a_task_that_nobody_knows_any_more_fails_like_any_other(work):
    go.enqueue("on")
    DBTaskResult.objects.update(task_path="news.tasks.of_yesterday")
    assert work() == 1
    assert only().status == "READY" and "of_yesterday" in only().traceback


def test_a_photo_that_was_taken_down_or_deleted_meanwhile_needs_no_sizes(work):
    photo = PhotoFactory()
    photo.take_down(None, "Auf Wunsch.")
    make_renditions.enqueue(photo.pk)
    make_renditions.enqueue(12_345)
    assert work() == 2 and set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_a_picture_that_cannot_be_read_is_given_up(work):
    photo = PhotoFactory()
    with open(photo.file.path, "wb") as file:
        file.write(b"no picture")
    make_renditions.enqueue(photo.pk)
    work()
    assert only().status == "FAILED"


def test_who_was_taken_for_dead_does_not_write_over_what_another_does(work, caplog):
    go.enqueue("on")
    slow = rows.take("slow")
    rows.put_back(slow)
    other = rows.take("other")
    rows.done(slow)
    assert only().status == "RUNNING" and "taken over" in caplog.text
    rows.done(other)
    assert only().status == "SUCCESSFUL"


def test_a_task_whose_worker_dies_twice_running_is_given_up():
    go.enqueue("on")
    for status in ("READY", "FAILED"):
        DBTaskResult.objects.update(run_after=timezone.now())
        rows.take("dead")
        rows.put_back_of_the_dead()
        assert only().status == status


def test_what_a_living_worker_does_stays_with_it_and_the_dead_are_forgotten():
    go.enqueue("on")
    Worker.objects.give_sign("alive")
    Worker.objects.give_sign("dead")
    Worker.objects.filter(pk="dead").update(seen_at=timezone.now() - timedelta(seconds=70))
    rows.take("alive")
    rows.put_back_of_the_dead()
    assert only().status == "RUNNING"
    assert [each.pk for each in Worker.objects.all()] == ["alive"]


def test_who_cannot_give_a_sign_any_more_takes_nobody_for_dead(monkeypatch):
    """The database may be away: the others cannot give one either."""
    answers = iter([None])

    def give_sign(worker_id):
        if next(answers, "gone"):
            raise OperationalError("gone")

    monkeypatch.setattr(signs, "EVERY", 0.2)
    monkeypatch.setattr(Worker.objects, "give_sign", give_sign)
    monkeypatch.setattr(signs.SignsOfLife, "_say_farewell", lambda self: None)
    with signs.SignsOfLife() as given:
        until(lambda: given.error)
        assert given.are_seen()
        assert not given.can_judge()


def test_what_was_done_is_kept_for_a_week_and_what_was_given_up_longer(work):
    go.enqueue("on")
    go.enqueue("is hopeless")
    work()
    for days, left in ((6, 2), (8, 1), (89, 1), (91, 0)):
        rows.clean_out(timezone.now() + timedelta(days=days))
        assert DBTaskResult.objects.count() == left, days


def test_what_was_done_is_written_down_when_the_database_is_there_again(work, monkeypatch, caplog):
    go.enqueue("on")
    answers = iter([OperationalError("gone"), OperationalError("gone"), None])
    done = rows.done

    def once_it_is_back(row):
        if error := next(answers):
            raise error
        done(row)

    monkeypatch.setattr(rows, "done", once_it_is_back)
    monkeypatch.setattr(worker, "LOOK_EVERY", 0)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    assert work() == 1 and WENT == ["on"]
    assert only().status == "SUCCESSFUL"
    assert caplog.text.count("does not answer") == caplog.text.count("answers again") == 1


# ---- what the newsroom and the watchdog hear of it -----------------------------------------------------------


def told(client, role="Editor"):
    client.force_login(member(role))
    return client.get("/admin/")


def test_while_all_is_well_nobody_hears_of_tasks(client, work):
    go.enqueue("on")
    assert 'class="waiting"' not in told(client).text
    work()
    go.enqueue("fails")
    work()
    assert 'class="waiting"' not in client.get("/admin/").text


def test_editors_hear_that_nobody_does_what_waits(client):
    send_mail.enqueue(*MAIL)
    for number in (1, 2):
        make_renditions.enqueue(number)
    made_old(minutes=3)
    page = told(client)
    assert "unerledigt: 1 E-Mail und Größen von 2 Fotos." in page.text and "manage.py tasks" in page.text
    Worker.objects.give_sign("alive")
    assert 'class="waiting"' not in client.get("/admin/").text


def test_editors_hear_what_is_delayed_and_have_it_tried_at_once(client, work):
    go.enqueue("fails")
    work()
    made_old(minutes=6)
    assert "manage.py tasks" in told(client).text
    Worker.objects.give_sign("alive")
    page = client.get("/admin/")
    assert "unerledigt: 1 andere Aufgabe. Der nächste" in page.text and "RuntimeError: It fails." in page.text
    assert work() == 0
    page = client.post("/admin/tasks/", {"again": ""}, follow=True)
    assert "wird jetzt noch einmal versucht" in page.text and work() == 1


def given_up(page):
    return re.search(r'name="until" value="([^"]+)"', page.text)[1].replace("&#x2B;", "+")


def test_what_was_given_up_is_tried_again_as_if_for_the_first_time(client, work):
    send_mail.enqueue("a@example.org\nb", "Freigegeben: Zweiter", "Text")
    work()
    page = told(client)
    assert "Freigegeben: Zweiter" in page.text and "versucht: 1 E-Mail." in page.text
    client.post("/admin/tasks/", {"again": "", "until": given_up(page)})
    assert (only().status, only().worker_ids) == ("READY", [])


def test_only_what_was_shown_is_forgotten(client, work):
    go.enqueue("is hopeless")
    work()
    page = told(client)
    go.enqueue("is hopeless")
    work()
    page = client.post("/admin/tasks/", {"forget": "", "until": given_up(page)}, follow=True)
    assert "1 Aufgabe ist vergessen" in page.text and only().status == "FAILED"
    page = client.post("/admin/tasks/", {"forget": "", "until": "gestern"}, follow=True)
    assert only() and "nichts mehr zu tun" in page.text


def test_reporters_and_drivers_are_not_bothered_with_it(client, work):
    go.enqueue("is hopeless")
    work()
    for role in ("Reporter", "Driver"):
        assert 'class="waiting"' not in told(client, role).text
        assert client.post("/admin/tasks/", {"again": ""}).status_code == 403


def test_the_watchdog_hears_what_is_wrong_by_the_exit_code(work, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with pytest.raises(CommandError, match="No worker gives a sign of life"):
        call_command("tasks", "--check")
    Worker.objects.give_sign("alive")
    call_command("tasks", "--check")
    assert "All is well." in capsys.readouterr().out
    go.enqueue("is hopeless")
    work()
    with pytest.raises(CommandError, match="Could not be done"):
        call_command("tasks", "--check")


def test_a_worker_alone_changes_no_page(work, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as asked:
        go.enqueue("on")
        go.enqueue("fails")
        Worker.objects.give_sign("alive")
        work()
        rows.put_back_of_the_dead()
        rows.clean_out()
    written = [query["sql"] for query in asked.captured_queries if not query["sql"].startswith("SELECT")]
    assert written and [sql for sql in written if concerns_visitors(sql)] == []


def test_an_idle_worker_asks_one_question_and_takes_no_lock(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert rows.take("idle") is None
