"""A result list on a page of its own: whole, by class, and as it was before it was amended."""

from django.conf import settings
from django.db.models import BigAutoField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override

from news.models import Race, Result
from news.timing.export import export_csv
from news.views.result_lists import lists_by_session, seat_crews
from prepared import prepared


def session_results(request, year, slug, session, car_class=""):
    """The list in force of a session with its grid and what was before it, or the cars of one class."""
    race, sessions = _weekend(year, slug)
    lists = _lists(race, sessions, session)
    if not lists:
        # Sessions are renamed and lists withdrawn; who comes for one finds the race.
        return redirect(race)
    current, *older = lists
    group = next((group for group in current.classes if group.slug == car_class), None)
    if car_class and not group:
        return redirect(current.session)
    return _page(request, sessions, current, older=older, group=group)


def older_list(request, year, slug, session, number):
    """A list that was replaced, as it was issued, with the place that each car has now."""
    race, sessions = _weekend(year, slug)
    lists = _lists(race, sessions, session)
    found = next((each for each in lists if each.classification.pk == number), None)
    if not found:
        raise Http404
    return _page(request, sessions, found, number=number) if found.newer else redirect(found.session)


def session_file(request, year, slug, session):
    """The list in force as a file for a spreadsheet; read in again, it is the same list."""
    _race, sessions = _weekend(year, slug)
    wanted = next((each for each in sessions if each.slug == session), None)
    current = wanted and wanted.current_classification()
    if not current:
        raise Http404
    return HttpResponse(
        export_csv(current),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{year}-{slug}-{session}.csv"'},
    )


def _weekend(year, slug):
    race = get_object_or_404(Race.objects.of_year(year).with_place(), slug=slug)
    return race, list(race.sessions.with_list_state().in_order())


@prepared(session=BigAutoField())
def _of_session(session):
    return Result.objects.of_session(session).with_list().with_team()


def _lists(race, sessions, slug):
    """The lists of the session at this address, the one in force first."""
    session = next((session for session in sessions if session.slug == slug), None)
    if not session:
        return []
    lines = _of_session(session=session.pk)
    seat_crews(lines, race)
    return lists_by_session([session], lines).get(session.pk, [])


def _page(request, sessions, current, older=(), group=None, number=None):
    session = current.session
    context = {
        "race": session.race,
        "session": session,
        "sessions": [each for each in sessions if each.list_state],
        "current": current,
        "lines": group.lines if group else current.lines,
        "group": group,
        "older": older,
        "versions": {code: _address_in(code, session, group, number) for code, _name in settings.LANGUAGES},
    }
    return render(request, "news/session_results.html", context)


def _address_in(language, session, group, number):
    """Each language has its own word for the session."""
    with override(language):
        place = {"year": session.race.year, "slug": session.race.slug, "session": session.slug}
        if number:
            return reverse("news:older_list", kwargs=place | {"number": number})
        if group:
            return reverse("news:session_class", kwargs=place | {"car_class": group.slug})
        return reverse("news:session", kwargs=place)
