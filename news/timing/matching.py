"""Who is meant: names in a file are known again by name, spelling on record or the editor's choice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from news.models import Driver, DriverAlias, Team, TeamAlias, TeamName
from news.slugs import name_key
from news.timing.rows import Person


class How(Enum):
    NAME = "name"  # the same name, whatever its case, accents and order
    ALIAS = "alias"  # a spelling kept on the record
    LIKELY = "likely"  # only a last name or an initial, and one person on record whom it fits
    CHOSEN = "chosen"  # by the editor
    NEW = "new"


@dataclass(frozen=True)
class Match:
    """A name in the file and the record that it means; `found` is None for a new one."""

    key: tuple[str, ...]
    name: str
    found: Driver | Team | None
    how: How
    could_be: tuple[Driver | Team, ...] = ()
    person: Person | None = None  # of a driver, as the file writes the name

    @property
    def country(self):
        return self.person.country if self.person else ""

    @property
    def is_new(self):
        return self.found is None

    @property
    def other_country(self):
        """The country on record where the file says another."""
        known = getattr(self.found, "country", "")
        return known if self.country and known and known != self.country else ""


@dataclass(frozen=True)
class Names:
    """Everybody and every team of a file: {person_key: match} and {name as in the file: match}."""

    people: dict[tuple, Match]
    teams: dict[str, Match]

    @property
    def drivers(self):
        """Each person once, in the order of the file."""
        return list({match.key: match for match in self.people.values()}.values())

    @property
    def clubs(self):
        """Each team once, in the order of the file."""
        return list({match.key: match for match in self.teams.values()}.values())

    @property
    def new_drivers(self):
        return [match for match in self.drivers if match.is_new]

    @property
    def new_clubs(self):
        return [match for match in self.clubs if match.is_new]

    def found(self):
        """Whom it takes each name for: the ids of the records, None for a new one."""
        return [match.found and match.found.pk for match in [*self.drivers, *self.clubs]]


def names_of(rows, people_of, people=None, teams=None) -> Names:
    """Match all names of these rows, at five queries; `people_of` gives the people of a row."""
    everybody = [person for row in rows for person in people_of(row)]
    return Names(match_people(everybody, people), match_teams([row.team for row in rows if row.team], teams))


def person_key(person: Person) -> tuple[str, str]:
    """One person of a file: two people of one name are told apart by their countries."""
    return name_key(person.name), person.country


def match_people(people: Iterable[Person], chosen: Mapping[tuple, Driver | None] | None = None) -> dict:
    """{person_key: Match} in the order of the file, at two queries; `chosen` overrules, None there means new."""
    known = _Known(
        Driver.objects.order_by("-ours", "pk"),
        DriverAlias.objects.select_related("driver"),
        lambda alias: alias.driver,
    )
    wanted = _joined({person_key(person): person for person in people})
    by_country = {key: known.of_country(key) for key in wanted.values()}
    taken = {found.pk for found in by_country.values() if found}
    matches = {}
    for key, meant in wanted.items():
        person = Person(*_names_of(people, meant), meant[1])
        if key == meant:
            matches[key] = _match_person(person, meant, known, by_country[meant], taken, chosen or {})
    return {key: matches[meant] for key, meant in wanted.items()}


def _joined(people):
    """{key: the key that it counts as}: a name without a country is the person of that name, if there is one."""
    joined = {}
    for name, country in people:
        same = [other for other in people if other[0] == name and other[1]]
        joined[name, country] = same[0] if not country and len(same) == 1 else (name, country)
    return joined


def _names_of(people, key):
    person = next(person for person in people if person_key(person) == key)
    return person.first_name, person.last_name


def _match_person(person, key, known, same_country, taken, chosen):
    """By choice, then the same name and country, then the same name, then a spelling on record, then a likely one."""
    if key in chosen:
        found = chosen[key]
        return Match(key, person.name, found, How.CHOSEN if found else How.NEW, person=person)
    if same_country:
        return Match(key, person.name, same_country, How.NAME, person=person)
    free = [driver for driver in known.named(key[0]) if driver.pk not in taken]
    if len(free) == 1:
        return Match(key, person.name, free[0], How.NAME, person=person)
    if alias := known.aliases.get(key[0]):
        return Match(key, person.name, alias, How.ALIAS, person=person)
    likely = free or known.likely(person)
    certain = likely[0] if len(likely) == 1 and _is_short(person) else None
    how = How.LIKELY if certain else How.NEW
    return Match(key, person.name, certain, how, tuple(likely[:5]), person)


def _is_short(person):
    """Timing sheets print "Klingmann" or "J. Klingmann" where there is little room."""
    return len(person.first_name.rstrip(".")) < 2


class _Known:
    """All records of one kind by name, at two queries however long the file is."""

    def __init__(self, records, aliases, owner):
        self.by_name = {}
        for record in records:
            self.by_name.setdefault(record.name_key, []).append(record)
        self.aliases = {alias.name_key: owner(alias) for alias in aliases}

    def named(self, key):
        return self.by_name.get(key, [])

    def of_country(self, key):
        """The one of this name and country; without a country in the file, the only one of this name."""
        name, country = key
        found = [record for record in self.named(name) if not country or record.country == country]
        return found[0] if len(found) == 1 else None

    def likely(self, person):
        """Those with the same last name whose first name begins like the file's, or is not in the file."""
        last, first = name_key(person.last_name), name_key(person.first_name)
        everybody = (record for records in self.by_name.values() for record in records)
        same_last = [record for record in everybody if last and name_key(record.last_name) == last]
        return [record for record in same_last if name_key(record.first_name).startswith(first[:1])]


def match_teams(names: Iterable[str], chosen: Mapping[tuple, Team | None] | None = None) -> dict:
    """{name as in the file: Match} in the order of the file, at three queries."""
    spellings = [*TeamName.objects.select_related("team"), *TeamAlias.objects.select_related("team")]
    known = {name_key(spelling.name): (spelling.team, How.ALIAS) for spelling in spellings}
    known |= {team.name_key: (team, How.NAME) for team in Team.objects.all()}
    matches = {}
    for name in names:
        key = (name_key(name),)
        found, how = known.get(key[0], (None, How.NEW))
        if key in (chosen or {}):
            found = chosen[key]
            how = How.CHOSEN if found else How.NEW
        matches.setdefault(name, Match(key, name, found, how))
    return matches
