"""Who is meant: names in a file are known again by name, spelling on record or the editor's choice."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cached_property

from news.models import Driver, DriverAlias, Team, TeamAlias, TeamName
from news.slugs import folded, name_key
from news.timing.rows import Person

# Words of a team's name that say nothing of which team it is.
OF_EVERY_TEAM = {"team", "racing", "motorsport", "motorsports", "by", "gmbh", "bmw", "audi", "porsche"}


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
    # As the first line writes it that names somebody.
    by_key = {}
    for person in people:
        by_key.setdefault(person_key(person), person)
    wanted = _joined(by_key)
    by_country = {key: known.of_country(key) for key in wanted.values()}
    taken = {found.pk for found in by_country.values() if found}
    matches = {
        key: _match_person(by_key[key], key, known, by_country[key], taken, chosen or {})
        for key, meant in wanted.items()
        if key == meant
    }
    return {key: matches[meant] for key, meant in wanted.items()}


def _joined(keys):
    """{key: the key that it counts as}: a name without a country is the person of that name, if there is one."""
    with_country = defaultdict(list)
    for name, country in keys:
        if country:
            with_country[name].append((name, country))
    alone = {name: same[0] for name, same in with_country.items() if len(same) == 1}
    return {key: key if key[1] else alone.get(key[0], key) for key in keys}


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
    could_be = likely or known.double(person) or known.close(key[0])
    return Match(key, person.name, certain, how, tuple(could_be[:5]), person)


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
        same_last = self.by_last_name.get(last, [])
        return [record for record in same_last if name_key(record.first_name).startswith(first[:1])]

    def double(self, person):
        """Those with the same first name and one family name more or less: Wadoux is Wadoux Ducellier."""
        last, first = set(name_key(person.last_name).split()), name_key(person.first_name)
        keys = dict.fromkeys(name for word in last for name in self.by_word.get(word, ()))
        alike = [record for name in keys for record in self.by_name[name]]
        alike = [record for record in alike if name_key(record.first_name) == first]
        others = [(record, set(name_key(record.last_name).split())) for record in alike]
        return [record for record, names in others if last < names or names < last]

    def close(self, key):
        """Those who share a word of the name and whose other words are almost the same: Tomczik is Tomczyk."""
        sharing = dict.fromkeys(name for word in key.split() for name in self.by_word.get(word, ()))
        close = get_close_matches(key, sharing, n=3, cutoff=0.85)
        return [record for name in close for record in self.by_name[name]]

    @cached_property
    def by_word(self):
        found = defaultdict(list)
        for name in self.by_name:
            for word in name.split():
                found[word].append(name)
        return found

    @cached_property
    def by_last_name(self):
        found = defaultdict(list)
        for record in (record for records in self.by_name.values() for record in records):
            found[name_key(record.last_name)].append(record)
        return found


def match_teams(names: Iterable[str], chosen: Mapping[tuple, Team | None] | None = None) -> dict:
    """{name as in the file: Match} in the order of the file, at three queries."""
    spellings = [*TeamName.objects.select_related("team"), *TeamAlias.objects.select_related("team")]
    known = {name_key(spelling.name): (spelling.team, How.ALIAS) for spelling in spellings}
    known |= {team.name_key: (team, How.NAME) for team in Team.objects.all()}
    in_one_word = {_in_one_word(team.name): (team, how) for team, how in known.values()}
    matches, by_key, first = {}, {}, {}
    for name in names:
        key = (name_key(name),)
        found, how = known.get(key[0]) or in_one_word.get(_in_one_word(name), (None, How.NEW))
        if not found:
            key = first.setdefault(_in_one_word(name), key)
        could_be = () if found else _teams_like(key[0], known)
        if key in (chosen or {}):
            found = chosen[key]
            how = How.CHOSEN if found else How.NEW
        matches.setdefault(name, by_key.setdefault(key, Match(key, name, found, how, could_be)))
    return matches


def _in_one_word(name):
    """Vasser Sullivan and VasserSullivan are one team."""
    return "".join(re.findall(r"\w+", folded(name))) or name


def _teams_like(key, known):
    """Teams whose name holds all words of this one, or the other way round: sponsors come and go in a team's name."""
    words = set(key.split()) - OF_EVERY_TEAM
    alike = {}
    for name, (team, _how) in known.items():
        others = set(name.split()) - OF_EVERY_TEAM
        if words and others and (words <= others or others <= words):
            alike[team.pk] = team
    return tuple(alike.values())[:5]
