"""Lists as other series publish them: endurance with whole names in a cell, electric single-seaters, fans' tables."""

from pathlib import Path

import pytest
from django.utils import translation

from news.timing.read import read
from news.timing.rows import BadFile, Person

DATA = Path(__file__).parent / "data"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def file_of(name):
    return read((DATA / f"alkamel-{name}.csv").read_bytes(), name="03_Classification_Race_Hour 24.CSV")


def test_an_endurance_list_numbers_every_line_and_only_the_classified_have_a_place():
    file = file_of("endurance")
    assert [(row.number, row.position, row.status, row.classified) for row in file.rows] == [
        ("8", 1, "finished", True),
        ("45", 2, "finished", True),
        ("60", None, "not_classified", False),
        ("31", None, "retired", False),
        ("71", None, "not_started", False),
    ]
    assert "Not classified, so without a place: lines 4, 5." in file.warnings


def test_names_of_an_endurance_list_are_written_as_people_write_them():
    first, second, *_others = file_of("endurance").rows
    assert first.crew == (
        Person("Erika", "Muster"),
        Person("Ina", "van der Beispiel"),
        Person("Tom", "McProbe"),
    )
    assert second.crew == (Person("Ole", "De Test"), Person("Uwe", "Wert Jr"), Person("Lea", "Name"))
    assert (first.cup, second.cup) == ("", "P/A"), "H is the kind of prototype, P/A the cup of mixed crews"


def test_a_list_without_gaps_and_classes_is_one_of_a_race():
    file = file_of("formula")
    first, _second, third = file.rows
    assert (file.provider, file.timed) == ("alkamel", False)
    assert (first.position, first.laps, first.total_time_ms, first.best_lap_number) == (1, 35, 2715142, 18)
    assert first.crew == (Person("Erika María", "De Muster", "PT"),)
    assert (third.position, third.status) == (None, "retired")


def test_cars_that_drove_little_and_count_as_classified_are_said():
    text = (DATA / "alkamel-formula.csv").read_text().replace("3;7;Retired", "3;7;Classified")
    file = read(text.encode())
    assert file.rows[2].position == 3
    assert file.warnings == (
        "Classified with less than half the laps: lines 4. Who retired, this list does not say.",
    )


def test_a_list_by_class_cannot_say_who_did_not_start():
    text = (
        "CLASS_TYPE;POS;PIC;NUMBER;VEHICLE;LAPS;ELAPSED;GAP_FIRST;GAP_PREVIOUS;BEST_LAP_NUM;BEST_LAP_TIME;BEST_LAP_KPH\n"
        "Am;1;1;72;Wagen;20;45:30.694;;;13;1:40.747;140.3\nAm;2;2;78;Wagen;0;;;;;;\n"
    )
    assert read(text.encode()).warnings == (
        "Without a lap: lines 3. Whether the car started, this kind of list does not say.",
    )


def test_a_table_of_an_encyclopedia_is_read_without_questions():
    text = (
        "Pos,Class,No.,Team,Drivers,Chassis,Tyre,Laps,Time/Reason,Distance\n"
        '1,Hypercar,51,Muster Corse,"Erika Muster, Ina Beispiel, Max Probe",Wagen 499,M,342,24:00:18.099,4660.092\n'
        '2,Hypercar,8,Test Racing,"Ole Test, Lea Name, Uwe Wert",Wagen 10,M,342,+1:21.793,4654.828\n'
    )
    file = read(text.encode())
    assert [len(row.crew) for row in file.rows] == [3, 3]
    assert (file.rows[0].total_time_ms, file.rows[1].gap.ms) == (86418099, 81793)


def test_why_a_car_stopped_stands_where_the_others_have_their_time():
    text = (
        "Pos,No,Drivers,Laps,Time/Retired\n1,4,Erika Muster,50,1:30:00.000\n"
        "Ret,7,Ina Beispiel,12,Gearbox\nDNS,8,Max Probe,0,Accident in practice\nRet,9,Ole Test,3,DNF\n"
    )
    rows = read(text.encode()).rows
    assert [(row.status, row.note) for row in rows] == [
        ("finished", ""),
        ("retired", "Gearbox"),
        ("not_started", "Accident in practice"),
        ("retired", ""),
    ]
    with pytest.raises(BadFile, match="“Gearbox” is no status"):
        read(text.replace("Ret,7", "2,7").encode())


def test_drivers_parted_by_a_bar_are_several_people():
    text = "Pos;No;Team;Drivers;Laps;Time\n1;2;Muster;Erika Muster|Ina Beispiel|Max Probe;394;24:03:01.000\n"
    assert [someone.name for someone in read(text.encode()).rows[0].crew] == [
        "Erika Muster",
        "Ina Beispiel",
        "Max Probe",
    ]
