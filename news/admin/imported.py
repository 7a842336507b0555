"""The two kinds of files that the import page takes: how each is asked for, read, laid beside what is there, stored."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.admin.uploads import ListForm, TableForm
from news.timing.plan import plan_import
from news.timing.read import read
from news.timing.rows import BadFile, StandingsFile
from news.timing.standings import plan_standings, store_standings
from news.timing.store import store

# What an import writes: people and teams with both kinds of file.
PEOPLE = ("driver", "driveralias", "team", "teamalias")
LISTS = ("classification", "result", "entry", "crew", *PEOPLE)
TABLES = ("standing", *PEOPLE)


def may(user, actions, models):
    """Whether somebody may do all that an import does by itself, or what taking it back does."""
    return user.has_perms([f"news.{action}_{model}" for action in actions for model in models])


class ResultLists:
    """Result lists of sessions."""

    writes = LISTS
    words = gettext_lazy("Import results")
    stored_words = gettext_lazy("The list is stored and in force.")
    # Of a sheet whose columns say too little even now.
    too_few_columns = gettext_lazy("Say which column names the cars: by number, by drivers or by team.")

    def form(self, target, data=None, files=None):
        return ListForm(data, files, session=target)

    def read(self, target, upload):
        file = read(upload.data, name=upload.name, mapping=upload.mapping, timed=not target.is_race)
        if isinstance(file, StandingsFile):
            raise BadFile(
                _("This is a championship table, not a result list. Import it on the page of its season.")
            )
        return file

    def plan(self, target, file, upload, **corrections):
        said = {"state": upload.state, "issued_at": upload.issued_at, "source": upload.source}
        return plan_import(target, file, **said, **corrections)

    def keep(self, plan, origin):
        return store(plan, origin)


class Tables:
    """Championship tables of seasons, as the series publish them."""

    writes = TABLES
    words = gettext_lazy("Import a table")
    stored_words = gettext_lazy("The table is stored.")
    too_few_columns = gettext_lazy("Say which columns hold the points and the drivers or teams.")

    def form(self, target, data=None, files=None):
        return TableForm(data, files)

    def read(self, target, upload):
        file = read(upload.data, name=upload.name, mapping=upload.mapping, standings=True)
        if not isinstance(file, StandingsFile):
            raise BadFile(
                _("This is the result list of a session, not a table. Import it on the page of its session.")
            )
        return file

    def plan(self, target, file, upload, **corrections):
        return plan_standings(target, file, final=upload.final, source=upload.source, **corrections)

    def keep(self, plan, origin):
        return store_standings(plan, origin)
