"""Two people at the same results or article at the same moment: nobody meets an error, nothing is stored by halves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from news.history import versions_of
from news.models import (
    Article,
    Classification,
    Driver,
    Entry,
    Race,
    ResultImport,
    RollingDraft,
    Season,
    Session,
    Team,
)
from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    EntryFactory,
    PointSchemeFactory,
    RaceFactory,
    ResultFactory,
    SeasonFactory,
    SessionFactory,
)
from tests.forms import filled_in

# Threads have connections of their own, so what they see must really be stored.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
RIVALS = 25
PASTED = "Pos\tNr.\tFahrer\tTeam\tKlasse\tRunden\n" + "".join(
    f"{n}\t{n}\tMuster {n:03}, Erika\tTeam {n}\tGT3\t{60 - n}\n" for n in range(1, RIVALS + 1)
)


@pytest.fixture
def race():
    return RaceFactory(first_day=date(2014, 4, 6))


@pytest.fixture
def editor(admin_user):
    def logged_in():
        client = Client()
        client.force_login(admin_user)
        return client

    return logged_in


def at_once(*errands):
    """The answers to requests that start together: (client, address, form)."""
    barrier = Barrier(len(errands))

    def run(errand):
        client, address, form = errand
        try:
            barrier.wait(10)
            return client.post(address, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(errands)) as pool:
        return list(pool.map(run, errands))


def confirmation(client, session, text=PASTED):
    """Everything for a confirmation but the click."""
    desk = reverse("admin:news_session_import", args=[session.pk])
    preview = client.post(desk, filled_in(client.get(desk), text=text))
    return client, desk, filled_in(preview, step="confirm")


def test_of_two_confirmations_of_one_import_one_is_stored(race, editor):
    session = SessionFactory(race=race)
    answers = at_once(*(confirmation(editor(), session) for _ in range(2)))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (Classification.objects.count(), ResultImport.objects.count()) == (1, 1)
    assert (Entry.objects.count(), Driver.objects.count(), Team.objects.count()) == (RIVALS,) * 3


def test_two_lists_of_one_race_share_its_cars_and_people(race, editor):
    sessions = [SessionFactory(race=race), SessionFactory(race=race, kind=Session.Kind.QUALIFYING_RACE)]
    errands = [confirmation(editor(), session) for session in sessions]
    assert sorted(answer.status_code for answer in at_once(*errands)) == [200, 302]
    # Whoever came second is shown what has changed, and confirms that.
    late = next(session for session in sessions if session.current_classification() is None)
    client, desk, form = confirmation(editor(), late)
    assert client.post(desk, form).status_code == 302
    assert (Classification.objects.count(), Entry.objects.count(), Driver.objects.count()) == (2, 25, 25)


def test_a_season_saved_while_a_list_of_its_race_comes_in_is_counted_from_all_of_it(race, editor):
    season = SeasonFactory(scheme=PointSchemeFactory())
    season.rounds.create(race=race, number=1)
    session = SessionFactory(race=race)
    page = reverse("admin:news_season_change", args=[season.pk])
    client = editor()
    save = client, page, filled_in(client.get(page))
    answers = at_once(confirmation(editor(), session), save)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Season.objects.get().standings.count() == RIVALS


def test_a_list_saved_by_hand_while_another_comes_in_waits_its_turn(race, editor):
    by_hand = ClassificationFactory(session=SessionFactory(race=race, kind=Session.Kind.QUALIFYING))
    for place in (1, 2):
        ResultFactory(
            classification=by_hand, entry=EntryFactory(race=race, number=str(place)), position=place
        )
    page = reverse("admin:news_classification_change", args=[by_hand.pk])
    clients = editor(), editor()
    saves = [
        (client, page, filled_in(client.get(page), source=name))
        for client, name in zip(clients, "ab", strict=True)
    ]
    answers = at_once(confirmation(editor(), SessionFactory(race=race)), *saves)
    assert [answer.status_code for answer in answers[1:]] == [302, 302]
    assert answers[0].status_code in (200, 302)
    first = race.sessions.get(kind="race").current_classification()
    assert first is None or first.results.filter(is_pole=True).count() == 1


def test_two_clicks_take_over_each_car_once(race, editor):
    pattern = RaceFactory(first_day=date(2014, 3, 1))
    EntryFactory.create_batch(5, race=pattern)
    page = reverse("admin:news_race_cars", args=[race.pk]) + f"?like={pattern.pk}"
    clients = editor(), editor()
    answers = at_once(*((client, page, filled_in(client.get(page), all_others="on")) for client in clients))
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert Race.objects.get(pk=race.pk).entries.count() == 5


def test_of_two_people_who_save_one_article_at_once_one_is_shown_both_texts(editor):
    article = ArticleFactory(headline="Vorher")
    page = reverse("admin:news_article_change", args=[article.pk])
    clients = editor(), editor()
    saves = [
        (client, page, filled_in(client.get(page), headline=words))
        for client, words in zip(clients, ("Die eine", "Der andere"), strict=True)
    ]
    answers = at_once(*saves)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert (Article.objects.get().version, len(versions_of(article.pk))) == (2, 2)


def test_of_two_steps_at_once_one_is_taken(editor):
    """Also where both would be open one after the other: who releases has not read why it was returned."""
    article = ArticleFactory(stage="review", published_at=None)
    page = reverse("admin:news_article_change", args=[article.pk])
    clients = editor(), editor()
    forms = [filled_in(client.get(page), step_remark="Wer war Zweiter?") for client in clients]
    answers = at_once(
        (clients[0], page, forms[0] | {"_step": "return"}),
        (clients[1], page, forms[1] | {"_step": "release"}),
    )
    assert 302 in {answer.status_code for answer in answers} <= {302, 409}
    assert len(article.steps.all()) == 1


def test_an_autosave_that_meets_a_save_leaves_nothing_unsaved_behind(editor):
    article = ArticleFactory(headline="Vorher", stage="writing", published_at=None)
    client, page = editor(), reverse("admin:news_article_change", args=[article.pk])
    form = filled_in(client.get(page), window="a1", headline="Nachher")
    autosave = reverse("admin:news_article_autosave", args=[article.pk])
    answers = at_once((client, page, form), (editor(), autosave, form))
    assert answers[0].status_code == 302 and answers[1].status_code in (200, 409)
    assert Article.objects.get().headline == "Nachher" and not RollingDraft.objects.exists()
