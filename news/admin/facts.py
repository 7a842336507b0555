"""What can be said: small facts of a driver or a race in sentences that the editor copies into a report."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language_info, override

from news.career import career_of
from news.career.facts import facts_of, facts_of_race
from news.models import Driver


class SaysFacts:
    """A form with the facts of its row beside it, in every language of the site. Which they are, `facts(row, request)`
    says: [(driver, facts)] in the language in force."""

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["said"] = [_said(code, self, obj, request) for code, _name in settings.LANGUAGES]
        return super().render_change_form(request, context, obj=obj, **kwargs)


def _said(code, form, row, request):
    with override(code):
        facts = [
            (str(driver), [fact.sentence for fact in facts]) for driver, facts in form.facts(row, request)
        ]
    return code, get_language_info(code)["name_translated"], [each for each in facts if each[1]]


class DriverFacts(SaysFacts):
    def facts(self, row, request):
        career = career_of(row, request.profile.qualifying_races_count) if row.ours else None
        return [(row, facts_of(career, timezone.localdate()))] if career else []


class RaceFacts(SaysFacts):
    def facts(self, row, request):
        careers = [career_of(each, request.profile.qualifying_races_count) for each in Driver.objects.ours()]
        return [
            (career.driver, facts_of_race(career, row, timezone.localdate()))
            for career in careers
            if any(race.pk == row.pk for race in career.races)
        ]
