"""Words and bytes of result files: status, countries, names; encodings, delimiters and limits of tables."""

import pytest
from django.utils import translation

from news.models import Result
from news.timing.rows import BadFile, Person
from news.timing.tables import decode, defused, is_formula, table_of, undefused
from news.timing.words import clean_name, country_of, person, person_of, status_of


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("words", "status", "classified"),
    [
        ("Classified, CLA, +1 Lap, 2 Laps, 3 Runden, Running, finished,", "finished", True),
        ("Not classified, NC, N, nicht gewertet", "not_classified", False),
        ("Retired, DNF, R, ausgefallen, Contact, Mechanical", "retired", False),
        ("DSQ, DQ, D, disqualifiziert", "disqualified", False),
        ("EX, EXC, E, excluded", "excluded", False),
        ("Not started, DNS, F, nicht gestartet", "not_started", False),
        ("Withdrawn, W, zurückgezogen, Zurückgezogen", "withdrawn", False),
    ],
)
def test_a_word_says_how_it_ended(words, status, classified):
    for word in words.split(","):
        assert status_of(word) == (status, classified), word
    assert status in Result.Status.values


def test_an_unknown_word_is_a_reason_only_where_reasons_are_written():
    assert status_of("Engine", reasons=True) == ("retired", False)
    with pytest.raises(ValueError, match="“Engine” is no status that we know"):
        status_of("Engine")


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("DE, DEU, GER, de, German, Germany, Deutschland", "DE"),
        ("CH, CHE, SUI, SWI, Swiss, Schweiz, SWITZERLAND", "CH"),
        ("NL, NLD, NED, Dutch, Niederlande", "NL"),
        ("DK, DNK, DEN, Dänemark", "DK"),
        ("GB, GBR, British, UK, Großbritannien, Grossbritannien, ENG", "GB"),
        ("US, USA, American, United States", "US"),
        ("ZA, ZAF, RSA, South African", "ZA"),
        ("AE, ARE, UAE", "AE"),
        ("NZ, NZL, New Zealander", "NZ"),
        ("MC, MCO, MON, Monegasque", "MC"),
        ("?, XX, Nowhere,", ""),
    ],
)
def test_a_country_is_known_by_codes_names_and_nationalities(words, country):
    assert {country_of(word) for word in words.split(",")} == {country}


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("  HÜRTGEN \u200b", "Hürtgen"),
        ("Jean-Éric  VERGNE", "Jean-Éric VERGNE"),
        ("O'WARD-MÜLLER", "O'Ward-Müller"),
        ("McLAREN", "McLaren"),
        ("MCMURRY", "McMurry"),
        ("GEDİK", "Gedik"),
        ("VAN DER LINDE", "van der Linde"),
        ("VON MUSTER", "von Muster"),
        ("DA COSTA", "Da Costa"),
        ("TALKA JR", "Talka Jr"),
        ("Muster*", "Muster"),
        ("VeeKay", "VeeKay"),
        ("van der Zande", "van der Zande"),
        ("AJ", "AJ"),
        ("ED", "Ed"),
        ("KING III", "King III"),
        ("Hu\u0308rtgen\x07", "Hürtgen"),
    ],
)
def test_a_name_loses_its_capitals_only_where_all_are(written, clean):
    assert clean_name(written) == clean


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Claudia Hürtgen", Person("Claudia", "Hürtgen")),
        ("HÜRTGEN, Claudia", Person("Claudia", "Hürtgen")),
        ("HÜRTGEN Claudia", Person("Claudia", "Hürtgen")),
        ("Claudia HÜRTGEN", Person("Claudia", "Hürtgen")),
        ("C. Hürtgen", Person("C.", "Hürtgen")),
        ("Hürtgen", Person("", "Hürtgen")),
        ("Renger van der Zande", Person("Renger", "van der Zande")),
        ("Al Unser Jr.", Person("Al", "Unser Jr.")),
        ("Al Unser, III", Person("Al", "Unser III")),
        ("Paul Dalla Lana", Person("Paul", "Dalla Lana")),
        ("VAN DER LINDE", Person("", "van der Linde")),
        ("Erika Muster †", Person("Erika", "Muster")),
        ("Jens Klingmann (GER)", Person("Jens", "Klingmann", "DE")),
        ("Jens Klingmann (R)", Person("Jens", "Klingmann")),
    ],
)
def test_a_whole_name_is_split(written, person):
    assert person_of(written) == person


@pytest.mark.parametrize(
    "bad", ["<b>Erika</b>", "Erika &amp; Muster", "[b]Erika", "", "123", "A, B, C", "Erika (Foo)"]
)
def test_what_is_no_name_is_refused(bad):
    with pytest.raises(ValueError, match="“"):
        person_of(bad)


def test_a_country_in_a_cell_of_its_own_goes_to_the_person():
    assert (
        person("Erika", "MUSTER", "GER")
        == person_of("Erika Muster", "Deutschland")
        == Person("Erika", "Muster", "DE")
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_usual_encodings(encoding):
    text = "Platz;Fahrer\r\n1;Claudia Hürtgen – Köln\r\n"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"PK\x03\x04 and so on", "a file of the kind Excel"),
        (b"%PDF-1.7", "a file of the kind PDF"),
        (b"Pos;No\n1;\x00\n", "This is not text"),
        (b"\x89PNG\r\n\x1a\n", "of the kind PNG"),
        (bytes(range(128, 256)), "This is not text"),
        (b"\xff\xfeP", "This is not text"),
        (b"\xa4\xb6\xbc\xd7\xf7" * 40, "This is not text"),
        (b"x" * (4 * 1024 * 1024 + 1), "larger than 4 MB"),
    ],
)
def test_what_is_no_text_is_refused(data, problem):
    with pytest.raises(BadFile, match=problem):
        decode(data)


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_delimiter_is_seen(sign):
    table = table_of(f"Pos{sign} Team{sign}\n\n1{sign}  Two{sign}\n2\n".replace("Two", '"A, B; C"'))
    assert table.header == ["Pos", "Team"]
    assert [(line.number, line.cells) for line in table.rows] == [(3, ("1", "A, B; C")), (4, ("2", ""))]


def test_drivers_with_commas_do_not_part_a_table_of_tabs():
    assert table_of("1\tA, B, C, D\n2\tE, F, G, H\n").delimiter == "\t"


def test_what_stands_above_the_table_is_its_title():
    table = table_of("Lauf 2\n\nPos;No\n1;7\n")
    assert (table.title, table.header, table.rows[0].number) == ("Lauf 2", ["Pos", "No"], 4)


def test_a_cell_with_a_line_break_keeps_the_lines_counted():
    assert [line.number for line in table_of('Pos;Driver\n1;"A\nB"\n2;C\n').rows] == [2, 4]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "The file is empty"),
        ("\n \n", "The file is empty"),
        ("a;b\n" * 2002, "more than 2000 rows"),
        (";".join(["a"] * 401), "more than 400 columns"),
        ("a;" + "b" * 1001, "Line 1 holds a cell of more than 1000 characters"),
        ('a;b\n1;"2\n', "Line 2 cannot be split into cells"),
    ],
)
def test_a_table_has_limits(text, problem):
    with pytest.raises(BadFile, match=problem):
        table_of(text)


@pytest.mark.parametrize("text", ["=1", "@x", "+cmd|x", "-cmd", "＝1", " =1", "-1+cmd()", "+A1"])
def test_a_formula_is_seen_and_defused(text):
    assert is_formula(text)
    assert defused(text) == f"'{text}"
    assert undefused(defused(text)) == text
    assert undefused(defused(f"'{text}")) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "-", "+1.234", "-7 Laps", "+1:23.456", "+ 2 Runden", "-0,467", "Team", "O'Ward"]
)
def test_a_gap_is_no_formula(text):
    assert not is_formula(text)
    assert defused(text) == text
