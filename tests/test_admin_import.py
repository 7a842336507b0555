"""Importing in the newsroom: hand in, look, correct, confirm, take back. Nothing is written before the confirmation."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from news.models import (
    Classification,
    Driver,
    DriverAlias,
    Entry,
    Result,
    ResultImport,
    Standing,
    Team,
)
from tests.factories import (
    DriverFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SeasonFactory,
    SessionFactory,
    member,
)
from tests.forms import filled_in

pytestmark = pytest.mark.django_db

PASTED = """Pos\tNr.\tFahrer\tTeam\tFahrzeug\tKlasse\tRunden\tGesamtzeit
1\t25\tMaxime Martin / Uwe Alzen\tMarc VDS\tBMW Z4 GT3\tSP9\t41\t6:01:12,345
2\t20\tJens Klingmann / Claudia Hürtgen\tSchubert\tBMW Z4 GT3\tSP9\t41\t6:01:20,001
DNF\t007\tErika Muster\tMuster\tPorsche 911\tCup\t12\t
"""
EVERYTHING = (Classification, Result, Entry, Driver, Team, ResultImport, DriverAlias)


@pytest.fixture
def session():
    return SessionFactory(race=RaceFactory(name="Sechs Stunden", first_day=date(2014, 4, 6)))


@pytest.fixture
def desk(session):
    return reverse("admin:news_session_import", args=[session.pk])


def hand_in(client, desk, text=PASTED, **said):
    return client.post(desk, filled_in(client.get(desk), text=text, **said))


def go_on(client, desk, preview, step, **changes):
    return client.post(desk, filled_in(preview, step=step, **changes), follow=step == "confirm")


def rows():
    return {model.__name__: model.objects.count() for model in EVERYTHING}


def text_of(response):
    return unescape(response.content.decode())


def field_of(preview, kind, name):
    """The name of the form field that asks who is meant by this name of the file."""
    matches = preview.context["matches"].matches
    return next(field for field, match in matches.items() if field.startswith(kind) and match.name == name)


def test_a_pasted_list_is_shown_before_anything_is_written(admin_client, desk):
    before = rows()
    preview = hand_in(admin_client, desk)
    assert preview.status_code == 200
    for words in ("Maxime Martin", "Claudia Hürtgen", "007", "6:01:12,345", "DNF"):
        assert words in text_of(preview)
    assert rows() == before


def test_confirmed_it_stands_on_the_race_page(admin_client, client, session, desk):
    done = go_on(admin_client, desk, hand_in(admin_client, desk, source="VLN"), "confirm")
    assert done.status_code == 200
    lines = session.current_classification().results.all()
    assert [(line.entry.number, line.position, line.laps) for line in lines] == [
        ("25", 1, 41),
        ("20", 2, 41),
        ("007", None, 12),
    ]
    assert "Hürtgen" in client.get(session.race.get_absolute_url()).text
    log = ResultImport.objects.get()
    assert (log.user.username, log.new, len(log.checksum), log.classification.source) == (
        "admin",
        3,
        64,
        "VLN",
    )


def test_a_file_is_taken_as_well_as_pasted_text(admin_client, desk):
    file = SimpleUploadedFile("ergebnis.csv", PASTED.replace("\t", ";").encode("utf-8-sig"))
    form = filled_in(admin_client.get(desk), text="")
    preview = admin_client.post(desk, form | {"file": file})
    go_on(admin_client, desk, preview, "confirm")
    assert ResultImport.objects.get().file_name == "ergebnis.csv"
    assert Result.objects.count() == 3


def test_two_files_that_do_not_belong_together_are_refused_with_a_sentence(admin_client, desk):
    files = [SimpleUploadedFile(name, PASTED.encode()) for name in ("eins.csv", "zwei.csv")]
    answer = admin_client.post(desk, filled_in(admin_client.get(desk), text="") | {"file": files})
    assert answer.status_code == 422
    assert "XML" in str(answer.context["form"].non_field_errors())


def test_what_moves_otherwise_than_in_the_preview_is_shown_again(admin_client, session, desk):
    line = ResultFactory(
        classification__session=session, entry=EntryFactory(race=session.race, number="25"), position=5
    )
    preview = hand_in(admin_client, desk)
    Result.objects.filter(pk=line.pk).update(position=6)
    again = go_on(admin_client, desk, preview, "confirm")
    assert "Seit dieser Vorschau" in text_of(again)
    assert not ResultImport.objects.exists()


def test_a_corrected_match_is_kept_with_its_spelling(admin_client, session, desk):
    jens = DriverFactory(first_name="Jens-Peter", last_name="Klingmann", ours=True)
    preview = hand_in(admin_client, desk)
    field = field_of(preview, "driver", "Jens Klingmann")
    corrected = go_on(admin_client, desk, preview, "correct", **{field: str(jens.pk)})
    assert not ResultImport.objects.exists()
    go_on(admin_client, desk, corrected, "confirm")
    assert session.race.entries.get(number="20").crew_drivers[0] == jens
    assert DriverAlias.objects.get().driver == jens


def test_a_correction_may_be_confirmed_at_once(admin_client, session, desk):
    jens = DriverFactory(first_name="Jens-Peter", last_name="Klingmann", ours=True)
    preview = hand_in(admin_client, desk)
    go_on(
        admin_client,
        desk,
        preview,
        "confirm",
        **{field_of(preview, "driver", "Jens Klingmann"): str(jens.pk)},
    )
    assert session.race.entries.get(number="20").crew_drivers[0] == jens


def test_many_names_that_nobody_has_are_folded_and_the_doubtful_ones_stay_in_sight(admin_client, desk):
    DriverFactory(first_name="Jens", last_name="Klingmann")
    rows = [f"{n}\t{n}\tNeu{'abcdefghij'[n % 10] * 3} Fremd{chr(97 + n) * 3}" for n in range(1, 13)]
    text = "\n".join(["Pos\tNr\tFahrer", *rows, "13\t13\tJens Klingman"])
    matches = hand_in(admin_client, desk, text=text).context["matches"]
    assert [field.label for field in matches.unsure_drivers] == ["Jens Klingman"]
    assert len(matches.strangers) == 12


def test_a_recognised_driver_may_be_somebody_else_after_all(admin_client, session, desk):
    DriverFactory(first_name="Jens", last_name="Klingmann", country="AT", ours=True)
    preview = hand_in(admin_client, desk)
    go_on(admin_client, desk, preview, "confirm", **{field_of(preview, "driver", "Jens Klingmann"): "new"})
    assert Driver.objects.filter(last_name="Klingmann").count() == 2
    assert not session.race.entries.get(number="20").is_ours


def test_the_same_list_again_says_that_there_is_nothing_to_store(admin_client, desk):
    go_on(admin_client, desk, hand_in(admin_client, desk, state="official"), "confirm")
    before = rows()
    again = hand_in(admin_client, desk, state="official")
    assert again.context["plan"].is_as_before
    assert "Store" not in text_of(again) and "einspielen" not in text_of(again)
    go_on(admin_client, desk, again, "confirm")
    assert rows() == before


def test_the_same_list_again_is_the_same_in_the_state_that_the_page_proposes(admin_client, session, desk):
    go_on(admin_client, desk, hand_in(admin_client, desk, state="official"), "confirm")
    proposed = admin_client.get(desk).context["form"]["state"].initial
    again = hand_in(admin_client, desk, state=proposed)
    assert proposed == "amended" and again.context["plan"].is_as_before


def test_who_is_not_chosen_becomes_a_new_record_and_the_field_says_so(admin_client, desk):
    field = hand_in(admin_client, desk).context["matches"].unsure_drivers[0]
    assert 'data-placeholder="neuer Eintrag"' in str(field)


def test_what_has_been_changed_since_the_preview_is_shown_first(admin_client, session, desk):
    preview = hand_in(admin_client, desk)
    EntryFactory(race=session.race, number="20")
    shown = go_on(admin_client, desk, preview, "confirm")
    assert not ResultImport.objects.exists()
    go_on(admin_client, desk, shown, "confirm")
    assert ResultImport.objects.exists()


def test_unknown_columns_are_asked_for(admin_client, session, desk):
    text = PASTED.replace("Fahrzeug", "Untersatz")
    asked = hand_in(admin_client, desk, text)
    assert "Untersatz" in text_of(asked)
    preview = go_on(admin_client, desk, asked, "columns", **{"column-4": "car"})
    go_on(admin_client, desk, preview, "confirm")
    assert session.race.entries.get(number="20").car == "BMW Z4 GT3"


def test_columns_that_name_nobody_are_asked_for_again_with_a_reason(admin_client, session, desk):
    asked = hand_in(admin_client, desk, text="A\tB\tC\n1\tx\ty\n2\tz\tw\n")
    again = go_on(admin_client, desk, asked, "columns")
    assert again.context["form"].non_field_errors()
    preview = go_on(admin_client, desk, again, "columns", **{"column-0": "number"})
    assert len(preview.context["plan"].lines) == 2


def test_a_bad_cell_found_late_leaves_the_pasted_text_on_the_page(admin_client, desk):
    text = "Pos\tNr\tWetter\tZeit\n1\t20\tnass\tbald\n"
    asked = hand_in(admin_client, desk, text=text, source="VLN")
    back = go_on(admin_client, desk, asked, "columns")
    assert back.status_code == 422
    assert back.context["form"]["text"].value() == text and back.context["form"]["source"].value() == "VLN"


def test_one_meaning_for_two_columns_is_refused(admin_client, desk):
    asked = hand_in(admin_client, desk, PASTED.replace("Fahrzeug", "Untersatz"))
    again = go_on(admin_client, desk, asked, "columns", **{"column-4": "team", "column-3": "team"})
    assert again.context["form"].errors and not ResultImport.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Datei"),
        ("<!doctype html><html><body>Ergebnis</body></html>", "Webseite"),
        (PASTED.replace("6:01:12,345", "6:01:12:345"), "6:01:12:345"),
        (PASTED.replace("Jens Klingmann", "<b>Jens</b> Klingmann"), "<b>Jens</b>"),
        (PASTED.replace("Schubert", "=HYPERLINK(1)"), "=HYPERLINK"),
        (PASTED.replace("\t20\t", "\t25\t"), "25"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_leaves_nothing(admin_client, desk, text, said):
    before = rows()
    refused = hand_in(admin_client, desk, text)
    assert refused.status_code == 422
    assert said in text_of(refused)
    assert rows() == before


def test_a_forged_or_stale_preview_is_handed_in_again(admin_client, desk):
    forged = admin_client.post(desk, {"upload": "forged", "step": "confirm", "seen": ""})
    assert forged.status_code == 302 and not ResultImport.objects.exists()


def test_a_list_of_a_race_weekend_is_issued_now_and_provisional(admin_client):
    today = timezone.localdate()
    session = SessionFactory(race=RaceFactory(first_day=today - timedelta(days=1)))
    desk = reverse("admin:news_session_import", args=[session.pk])
    go_on(admin_client, desk, hand_in(admin_client, desk), "confirm")
    found = session.current_classification()
    assert found.state == "provisional" and timezone.now() - found.issued_at < timedelta(minutes=1)


def test_a_reporter_may_not_import(client, desk):
    client.force_login(member("Reporter"))
    assert client.get(desk).status_code == 403
    assert client.post(desk, {"text": PASTED}).status_code == 403


@pytest.mark.parametrize("missing", ["add_driver", "change_entry", "add_teamalias", "add_result"])
def test_who_may_not_write_all_that_an_import_writes_may_not_import(client, session, desk, missing):
    user = User.objects.create_user("editor", password="x", is_staff=True)
    permissions = Group.objects.get(name="Editor").permissions
    user.user_permissions.set(permissions.all())
    client.force_login(user)
    page = reverse("admin:news_session_change", args=[session.pk])
    assert client.get(desk).status_code == 200 and desk in client.get(page).text
    user.user_permissions.remove(permissions.get(codename=missing))
    assert client.get(desk).status_code == 403 and desk not in client.get(page).text


def test_who_may_not_delete_what_an_import_made_does_not_take_it_back(client, admin_client, desk):
    go_on(admin_client, desk, hand_in(admin_client, desk), "confirm")
    undo = reverse("admin:news_resultimport_undo", args=[ResultImport.objects.get().pk])
    user = User.objects.create_user("editor", password="x", is_staff=True)
    user.user_permissions.set(Group.objects.get(name="Editor").permissions.exclude(codename="delete_entry"))
    client.force_login(user)
    assert client.post(undo).status_code == 403 and Result.objects.exists()


def test_a_known_team_cannot_be_made_a_second_time(admin_client, desk):
    Team.objects.create(name="Schubert")
    preview = hand_in(admin_client, desk)
    answer = go_on(admin_client, desk, preview, "confirm", **{field_of(preview, "team", "Schubert"): "new"})
    assert answer.status_code == 200 and answer.context["matches"].errors
    assert Team.objects.get() and not Result.objects.exists()


def test_the_last_import_can_be_taken_back_from_its_page(admin_client, session, desk):
    go_on(admin_client, desk, hand_in(admin_client, desk), "confirm")
    log = ResultImport.objects.get()
    receipt = reverse("admin:news_resultimport_change", args=[log.pk])
    undo = reverse("admin:news_resultimport_undo", args=[log.pk])
    assert undo in admin_client.get(receipt).text
    assert admin_client.get(undo).status_code == 405
    admin_client.post(undo)
    assert not Result.objects.exists() and not Driver.objects.exists()
    assert undo not in admin_client.get(receipt).text


def test_an_earlier_import_says_why_it_cannot_be_taken_back(admin_client, session, desk):
    go_on(admin_client, desk, hand_in(admin_client, desk, state="provisional"), "confirm")
    go_on(admin_client, desk, hand_in(admin_client, desk, state="official"), "confirm")
    first = ResultImport.objects.order_by("pk").first()
    receipt = admin_client.get(reverse("admin:news_resultimport_change", args=[first.pk]))
    assert "why_not" in receipt.context and "can_undo" not in receipt.context


def test_a_championship_table_is_imported_on_the_page_of_its_season(admin_client):
    season = SeasonFactory()
    desk = reverse("admin:news_season_import", args=[season.pk])
    head = "Pos,Participant,Points,Number,NAME,SURNAME,COUNTRY,TEAM,MANUFACTURER,CLASS"
    table = f"{head}\n1,1,12.5,20,Jens,Klingmann,GER,Schubert,BMW,GT3\n"
    preview = hand_in(admin_client, desk, table, final="on")
    go_on(admin_client, desk, preview, "confirm")
    row = Standing.objects.get(computed=False)
    assert (str(row.driver), str(row.points.normalize()), row.final) == ("Jens Klingmann", "12.5", True)
    refused = hand_in(admin_client, desk, PASTED)
    assert refused.status_code == 422


def test_a_sixty_car_list_is_previewed_in_a_bounded_number_of_queries(
    admin_client, session, desk, django_assert_max_num_queries
):
    lines = "\n".join(f"{n}\t{n}\tFahrer Nummer{n}\tTeam {n}\tWagen\tSP9\t{100 - n}\t" for n in range(1, 61))
    for number in range(1, 61):
        ResultFactory(
            classification=session.classifications.first() or Classification.objects.create(session=session),
            entry=EntryFactory(race=session.race, number=str(number)),
            position=number,
        )
    form = filled_in(admin_client.get(desk), text=f"{PASTED.splitlines()[0]}\n{lines}\n")
    with django_assert_max_num_queries(40):
        assert admin_client.post(desk, form).status_code == 200


def test_a_session_that_ended_over_the_preview_says_so_and_stores_nothing(admin_client, desk):
    preview = hand_in(admin_client, desk)
    before = rows()
    admin_client.logout()
    sign_in = go_on(admin_client, desk, preview, "confirm")
    assert sign_in.redirect_chain[0][0].startswith("/admin/login/") and rows() == before
    assert [message.level_tag for message in sign_in.context["messages"]] == ["warning"]
    assert str(next(iter(sign_in.context["messages"]))) in text_of(sign_in)


def test_who_only_looks_is_asked_to_sign_in_without_a_warning(client, desk):
    assert not list(client.get(desk, follow=True).context["messages"])


def test_corrections_are_asked_for_beside_the_names_not_below_sixty_cars(admin_client, desk):
    page = text_of(hand_in(admin_client, desk))
    assert page.index('value="correct"') < page.index('class="import"') < page.index('value="confirm"')


def test_a_cup_without_a_class_stands_alone(admin_client, desk):
    preview = hand_in(admin_client, desk, "Pos\tNr.\tFahrer\tCup\n1\t20\tJens Klingmann\tBronze\n")
    assert "<small>Bronze</small>" in text_of(preview)


def test_the_receipt_says_how_many_more_are_new(admin_client, desk):
    lines = "".join(f"{n}\t{n}\tJens Muster{chr(96 + n)}\n" for n in range(1, 15))
    receipt = text_of(
        go_on(admin_client, desk, hand_in(admin_client, desk, f"Pos\tNr.\tFahrer\n{lines}"), "confirm")
    )
    (said,) = [words for words in ResultImport.objects.get().messages if "Mustera" in words]
    assert "Musterl, 2 " in said and "Musterm" not in said and said in receipt
