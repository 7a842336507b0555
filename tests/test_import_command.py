"""`manage.py import_results`: the same import from the command line."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from news.models import Classification, Race, Result, ResultImport, Standing
from tests.factories import RaceFactory, SeasonFactory, SessionFactory

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
FILE = DATA / "alkamel-sunday.csv"


def run(*args, **options):
    out = StringIO()
    call_command("import_results", *map(str, args), stdout=out, **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def an_english_terminal(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def session():
    return SessionFactory()


def test_a_file_goes_into_a_session_and_one_sentence_counts(session):
    said = run(FILE, "--session", session.pk)
    assert said.splitlines()[-1] == (
        f"Stored 3 lines (3 new, 0 changed, 0 as before; 6 new drivers, 3 new teams) for {session.race}: Race."
    )
    assert session.current_classification().results.count() == 3
    log = ResultImport.objects.get()
    assert (log.file_name, log.user) == ("alkamel-sunday.csv", None)


def test_a_dry_run_says_the_same_and_writes_nothing(session):
    said = run(FILE, "--session", session.pk, "--dry-run")
    assert "Would store 3 lines" in said and "Nothing was written" in said
    assert not Result.objects.exists() and not ResultImport.objects.exists()


def test_a_german_terminal_is_spoken_to_in_german(session, monkeypatch, tmp_path):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    (tmp_path / "leer.csv").touch()
    assert "3 neue Teams" in run(FILE, "--session", session.pk)
    with pytest.raises(CommandError, match="Datei ist leer"):
        run(tmp_path / "leer.csv", "--session", session.pk)


def test_twice_is_once(session):
    run(FILE, "--session", session.pk)
    assert "Nothing changed" in run(FILE, "--session", session.pk)
    assert Classification.objects.count() == 1


def test_the_official_list_after_the_provisional_one_says_what_moved(session, tmp_path):
    run(FILE, "--session", session.pk)
    text = FILE.read_text(encoding="utf-8-sig").replace("1;25;", "x;25;").replace("2;20;", "1;20;")
    official = tmp_path / "00_official.csv"
    official.write_text(text.replace("x;25;", "2;25;"))
    said = run(official, "--session", session.pk, "--state", "official")
    assert "#20: 2 → 1" in said and "#25: 1 → 2" in said


def test_race_and_session_are_made_where_they_are_missing_and_found_the_next_time():
    run(FILE, "--race", "Sechs Stunden Eifel", "--date", "2026-11-22")
    run(FILE, "--race", "Sechs Stunden Eifel", "--date", "2026-11-22", "--kind", "qualifying")
    race = Race.objects.get()
    assert (race.slug, race.year) == ("sechs-stunden-eifel", 2026)
    assert {session.kind for session in race.sessions.all()} == {"race", "qualifying"}


def test_a_dry_run_makes_no_race():
    run(FILE, "--race", "Sechs Stunden Eifel", "--date", "2026-11-22", "--dry-run")
    assert not Race.objects.exists()


def test_a_refused_file_leaves_no_race(tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text(FILE.read_text(encoding="utf-8-sig").replace("6:01:12.345", "6:01:12:345"))
    with pytest.raises(CommandError, match=r"(?s)nothing was stored.*6:01:12:345"):
        run(bad, "--race", "Sechs Stunden Eifel", "--date", "2026-11-22")
    assert not Race.objects.exists()


def test_columns_of_a_sheet_are_named_on_the_command_line(session, tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Pos;Nr.;Fahrer;Untersatz;Runden\n1;20;Jens Klingmann;BMW Z4 GT3;41\n")
    with pytest.raises(CommandError, match="Untersatz"):
        run(sheet, "--session", session.pk)
    run(sheet, "--session", session.pk, "--column", "4=car")
    assert Result.objects.get().entry.car == "BMW Z4 GT3"


def test_of_columns_without_a_heading_only_the_doubtful_ones_are_asked_for(session, tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("1;20;Jens Klingmann / Dirk Adorf;BMW\n2;25;Maxime Martin / Uwe Alzen;BMW\n")
    with pytest.raises(CommandError, match=r"1: — \(1, 2\) = position\n  2: — \(20, 25\) \?"):
        run(sheet, "--session", session.pk)
    with pytest.raises(CommandError, match=r"2: — \(20, 25\) = number\n.*\n  4: — \(BMW, BMW\) \?"):
        run(sheet, "--session", session.pk, "--column", "2=number")
    run(sheet, "--session", session.pk, "--column", "2=number", "--column", "4=car")
    assert [line.entry.number for line in session.current_classification().results.all()] == ["20", "25"]


def test_only_the_two_files_of_an_xml_go_in_together(session):
    with pytest.raises(CommandError, match="one by one"):
        run(FILE, DATA / "alkamel-race.csv", "--session", session.pk)


def test_of_a_huge_file_only_the_beginning_is_read(session, tmp_path):
    huge = tmp_path / "huge.bin"
    with huge.open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(CommandError, match="larger than 4 MB"):
        run(huge, "--session", session.pk)


def test_a_race_without_a_letter_in_its_name_has_an_address(client):
    run(FILE, "--race", "富士6時間", "--date", "2014-10-12")
    run(FILE, "--race", "！！！", "--date", "2015-10-12")
    assert client.get(Race.objects.get(year=2015).get_absolute_url()).status_code == 200


def test_a_table_goes_into_a_season(tmp_path):
    season = SeasonFactory()
    table = tmp_path / "table.csv"
    head = "Pos,Participant,Points,Number,NAME,SURNAME,COUNTRY,TEAM,MANUFACTURER,CLASS"
    table.write_text(f"{head}\n1,1,12.5,20,Jens,Klingmann,GER,Schubert,BMW,GT3\n")
    run(table, "--season", season.pk, "--running")
    assert not Standing.objects.get().final
    with pytest.raises(CommandError, match="--season"):
        run(table, "--session", SessionFactory().pk)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--session", "999"], "There is no session 999"),
        (["--race", "Sechs Stunden"], "--date"),
        (["--race", "Sechs Stunden", "--date", "6.4.2014"], "6.4.2014 is no day"),
        (["--race", "x" * 300, "--date", "2014-04-06"], "140"),
        (["--race", "", "--date", "2014-04-06"], "--race"),
        (["--race", "Sechs Stunden", "--date", "0001-01-01"], "1900"),
        (["--race", "Sechs Stunden", "--date", "2014-04-06", "--label", "x" * 300], "--label"),
        (["--race", "Sechs Stunden", "--date", "2014-04-06", "--source", "x" * 300], "--source"),
        (["--race", "Sechs Stunden", "--date", "2014-04-06", "--running"], "--running goes with --season"),
        (["--session", "999", "--date", "2014-04-06"], "--date goes with --race"),
        (["--season", "999"], "There is no season 999"),
        (["--season", "999", "--state", "official"], "no --state"),
        (["--race", "Sechs Stunden", "--date", "2014-04-06", "--issued", "gestern"], "--issued gestern"),
        (["--race", "Sechs Stunden", "--date", "2014-04-06", "--issued", "2014-13-40T99:00"], "is no time"),
        (["--race", "Sechs Stunden", "--date", "2014-04-06", "--issued", "0001-01-01"], "--issued"),
        (["--race", "Sechs Stunden", "--date", "2014-04-06", "--column", "0=car"], "--column 3=car"),
        (["--race", "Sechs Stunden", "--date", "2014-04-06", "--column", "x"], "--column 3=car"),
        (["--race", "Sechs Stunden", "--date", "2014-04-06", "--column", "1=wheels"], "wheels"),
    ],
)
def test_a_wrong_argument_gets_a_sentence(args, said):
    RaceFactory()
    with pytest.raises(CommandError, match=said.replace("[", r"\[")):
        run(FILE, *args)


def test_entry_list_and_result_list_of_an_xml_go_in_together(session):
    run(DATA / "sro-entries.xml", DATA / "sro-race.xml", "--session", session.pk)
    assert session.race.entries.exclude(crew=None).exists()


def test_a_missing_file_gets_a_sentence(session, tmp_path):
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(CommandError, match="cannot be read"):
            run(path, "--session", session.pk)
