"""Who is meant where two lists write one name differently, as real seasons do."""

import pytest

from news.slugs import name_key, slug_of
from news.timing.matching import How, match_people, match_teams, person_key
from news.timing.rows import Person
from tests.factories import DriverFactory, TeamFactory

pytestmark = pytest.mark.django_db


def match_of(person):
    return match_people([person])[person_key(person)]


def test_a_team_is_known_again_where_its_name_is_run_together():
    team = TeamFactory(name="Muster Sonnen Team 1")
    match = match_teams(["MusterSonnen Team1"])["MusterSonnen Team1"]
    assert (match.found, match.how) == (team, How.NAME)
    assert match_teams(["Muster Sonnen Team 2"])["Muster Sonnen Team 2"].found is None


def test_a_new_team_in_two_spellings_of_one_file_is_one():
    matches = match_teams(["Muster Sonnen", "MusterSonnen", "MUSTER SONNEN", "Andere"])
    assert len({id(match) for match in matches.values()}) == 2
    team = TeamFactory()
    chosen = match_teams(["Muster Sonnen", "MusterSonnen"], {matches["MusterSonnen"].key: team})
    assert [match.found for match in chosen.values()] == [team, team]


@pytest.mark.parametrize(
    ("known", "written"),
    [("Muster", "Muster Beispiel"), ("Muster Beispiel", "Muster"), ("van Muster", "Muster")],
)
def test_a_double_name_of_which_only_one_is_written_is_left_to_the_editor(known, written):
    driver = DriverFactory(first_name="Lilou", last_name=known)
    DriverFactory(first_name="Lina", last_name=known)
    match = match_of(Person("Lilou", written))
    assert match.found is None
    assert match.could_be == (driver,)


def test_a_father_and_a_son_of_one_name_are_two():
    DriverFactory(first_name="Carlos", last_name="Muster")
    assert match_of(Person("Carlos", "Muster Jr.")).found is None
    son = DriverFactory(first_name="Carlos", last_name="Muster Jr")
    assert match_of(Person("Carlos", "Muster Jr.")).found == son


def test_letters_of_other_languages_are_those_of_a_timing_sheet():
    assert name_key("Yağız Gedık") == name_key("GEDIK Yagiz")
    assert name_key("Hélène Bœuf") == name_key("Helene Boeuf")
    assert slug_of("Yağız Gedık") == "yagiz-gedik"
