"""The form of an import that asks who is meant."""

from django import forms
from django.contrib import admin
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from news.admin.selects import SearchSelect
from news.models import Crew, Driver, Entry, Team
from news.timing.matching import How

# So many names that are like nobody's are asked about in the open.
FEW = 8


class MatchesForm(forms.Form):
    """Who is meant by the names of a file: those known again, to be corrected, and the new ones."""

    NEW = "new"

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.matches = {}
        for kind, matches in (("driver", plan.names.drivers), ("team", plan.names.clubs)):
            for number, match in enumerate(matches):
                name = f"{kind}-{number}"
                self.matches[name] = match
                self.fields[name] = self._field(kind, match)

    def _field(self, kind, match):
        if match.how in (How.NAME, How.ALIAS):
            choices = [(match.found.pk, _named(match.found))]
            # Two people can have one name, two teams cannot.
            if kind == "driver" or match.how is How.ALIAS:
                choices.append((self.NEW, _("somebody else: a new record")))
            return forms.ChoiceField(label=match.name, choices=choices, initial=match.found.pk)
        model, column = (Driver, Crew.driver.field) if kind == "driver" else (Team, Entry.team.field)
        return forms.ModelChoiceField(
            model.objects.all(),
            label=match.name,
            required=False,
            initial=match.found and match.found.pk,
            widget=SearchSelect(column, admin.site, attrs={"data-placeholder": _("new record")}),
            help_text=_("Could be: %(names)s") % {"names": ", ".join(map(_named, match.could_be))}
            if match.could_be
            else "",
        )

    def corrections(self, kind):
        """{key: record, or None for a new one} where the editor says something else than the file's names do."""
        corrected = {}
        for name, match in self.matches.items():
            if not name.startswith(kind):
                continue
            meant = self.cleaned_data[name]
            if isinstance(meant, str):
                meant = None if meant == self.NEW else match.found
            if meant != match.found:
                corrected[match.key] = meant
        return corrected

    def _of(self, kind, *, sure):
        is_sure = {name: match.how in (How.NAME, How.ALIAS) for name, match in self.matches.items()}
        folded = {field.name for field in self.strangers}
        names = [name for name in self.matches if name.startswith(kind) and name not in folded]
        return [self[name] for name in names if is_sure[name] == sure]

    @cached_property
    def strangers(self):
        """Names like nobody's on record, where there are many: a list of all these questions hides the real ones."""
        alone = [name for name, match in self.matches.items() if match.is_new and not match.could_be]
        return [self[name] for name in alone] if len(alone) > FEW else []

    @property
    def unsure_drivers(self):
        return self._of("driver", sure=False)

    @property
    def sure_drivers(self):
        return self._of("driver", sure=True)

    @property
    def unsure_teams(self):
        return self._of("team", sure=False)

    @property
    def sure_teams(self):
        return self._of("team", sure=True)


def _named(record):
    """Two people of one name are told apart by their countries."""
    country = getattr(record, "country", "")
    return f"{record} ({country})" if country else str(record)
