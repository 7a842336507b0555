"""One door for all files: what they are is seen from what stands in them, and what they are not is said in words."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import translation

from news.timing.read import read
from news.timing.rows import BadFile, StandingsFile

DATA = Path(__file__).parent / "data"
RACE = (
    b"POSITION;NUMBER;STATUS;LAPS;TOTAL_TIME;GAP_FIRST;TEAM;CLASS;VEHICLE\r\n"
    b"1;007;Classified;20;45:57.575;-;Kite Motorsport;GT3;Falke R8\r\n"
)
STANDINGS = b"Pos;Participant;Points;Number;NAME;SURNAME\r\n1;Cora Quill;12.5;007;Cora;Quill\r\n"
SHEET = "Platz\tNr.\tFahrer\tTeam\tRunden\tZeit\n1\t007\tCora Quill\tKite Motorsport\t20\t45:57,575\n"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def data_of(name):
    return (DATA / name).read_bytes()


def refusal(data, **options):
    with pytest.raises(BadFile) as bad:
        read(data, **options)
    return bad.value.problems[0]


def zipped(name):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        # Always of the same day: the bytes name a test, and all who collect tests must find the same names.
        archive.writestr(zipfile.ZipInfo(name), "<worksheet/>")
    return packed.getvalue()


@pytest.mark.parametrize("name", ["results.json", "results.csv", "RESULTS.XML", "photo.jpg", ""])
@pytest.mark.parametrize(
    ("data", "provider"),
    [
        (data_of("ergast-race.json"), "ergast"),
        (data_of("sro-race.xml"), "sro"),
        (RACE, "alkamel"),
        (STANDINGS, "alkamel"),
        (SHEET.encode(), "sheet"),
    ],
    ids=["json", "xml", "csv", "standings", "sheet"],
)
def test_a_file_is_known_by_what_stands_in_it_and_never_by_its_name(data, provider, name):
    assert read(data, name=name).provider == provider


def test_a_championship_table_is_read_through_the_same_door():
    assert isinstance(read(data_of("ergast-drivers.json")), StandingsFile)
    assert isinstance(read(STANDINGS), StandingsFile)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_each_encoding_in_use_is_read(encoding):
    file = read(SHEET.replace("Cora Quill", "Asta Lövelund").encode(encoding))
    assert file.rows[0].crew[0].last_name == "Lövelund"


@pytest.mark.parametrize("name", ["ergast-race.json", "sro-race.xml"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_encodings_are_no_part_of_json_and_xml(name, encoding):
    text = data_of(name).decode()
    assert read(text.encode(encoding)).rows == read(text.encode()).rows


def test_both_files_of_the_same_session_can_be_uploaded_together():
    both = b"\xef\xbb\xbf" + data_of("sro-entries.xml") + b"\n\xef\xbb\xbf" + data_of("sro-practice.xml")
    assert [len(row.crew) for row in read(both).rows] == [3, 4, 1, 1]


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("03_Provisional Results_Race 1.CSV", "provisional"),
        ("03_GR Cup Race 1 Official Results.CSV", "official"),
        ("00_Results.csv", "official"),
        ("Unofficial.csv", "provisional"),
        ("vorläufig.csv", "provisional"),
        ("03_Results.csv", ""),
        ("", ""),
    ],
)
def test_the_name_only_suggests_how_final_a_list_is(name, state):
    assert read(RACE, name=name).state == state


@pytest.mark.parametrize(
    ("heading", "cells", "best", "fastest"),
    [
        ("Fastest Lap", ("No", "Yes"), [None, None], [False, True]),
        ("Set Fastest Lap", ("No", "Yes"), [None, None], [False, True]),
        ("Fastest Lap", ("1:48.362", "1:48.001"), [108362, 108001], [None, None]),
        ("Fastest Lap", ("", ""), [None, None], [None, None]),
    ],
)
def test_fastest_lap_is_the_heading_of_a_time_or_of_yes_and_no(heading, cells, best, fastest):
    text = (
        f"Position,No,Driver,Starting Grid,Laps,Total Time/Gap/Retirement,{heading}\n"
        f"1,7,Cora Quill,2,20,45:57.575,{cells[0]}\n2,9,Gus Hale,1,20,+2.112,{cells[1]}\n"
    )
    rows = read(text.encode()).rows
    assert [row.grid for row in rows] == ["2", "1"]
    assert [row.best_lap_ms for row in rows] == best
    assert [row.fastest_lap for row in rows] == fastest


def test_whether_a_sheet_is_one_of_lap_times_can_be_said():
    assert [read(SHEET.encode(), timed=timed).timed for timed in (True, False)] == [True, False]


def test_a_mapping_names_the_columns_of_a_sheet():
    unknown = SHEET.replace("Nr.", "Zeichen").encode()
    assert read(unknown, mapping={0: "position", 1: "number", 2: "crew"}).rows[0].number == "007"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b" \r\n\t\n", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (zipped("xl/worksheets/sheet1.xml"), "as CSV"),
        (zipped("results.csv"), "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "as CSV"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "of the kind PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "of the kind JPEG"),
        (b"GIF89a" + bytes(50), "of the kind GIF"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "of the kind WebP"),
        (b"<!doctype html><html><head></head>", "This is a web page"),
        (b"\n<html lang='de'><body>", "This is a web page"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN'>", "web page"),
        (b"<results><car>1</car></results>", "holds no results that we know"),
        (b"\x81\x8d\x8f\x90\x9d" * 20, "encoding"),
        (b"1;2;\x00\x00", "encoding"),
        (b"NUMBER, LAP_NUMBER, LAP_TIME, KPH\n" + b"007,1,1:16.368,192.7\n" * 5000, "lap analysis"),
        (b"Pos;Nr.\n" + b"1;007\n" * 5000, "more than 2000 rows"),
        (b'{"results": []}', "MRData"),
        (b'{"MRData": {"RaceTable": {"Races": [Infinity]}}}', "Infinity"),
        (b"[" * 1_000_000, "nested deeper"),
        (b'{"MRData": {"limit": ' + b"9" * 100_000 + b"}}", "no results"),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else None,
)
def test_what_is_no_result_list_is_refused_with_a_sentence(data, said):
    assert said in refusal(data)


def test_a_file_beyond_four_megabytes_is_refused_before_anything_is_read_in_it(monkeypatch):
    def never(*args, **options):
        raise AssertionError("parsed")

    for parser in ("ergast.parse", "sro.parse", "alkamel.parse", "sheet.parse", "table_of"):
        monkeypatch.setattr(f"news.timing.read.{parser}", never)
    nonsense = b"1;2;3;4;5;6;7;8\n" * (50 * 1024 * 1024 // 16)
    assert "larger than 4 MB" in refusal(nonsense)
    assert "larger than 4 MB" in refusal(b"[" * (4 * 1024 * 1024 + 1))
