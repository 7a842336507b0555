"""The start page: what is next, what waits for whom, and what is missing. Each part is short, whatever there is."""

from collections import defaultdict
from datetime import timedelta

from django.utils import timezone

from driversite.desk.waiting import waiting
from news.models import Article, OpenForm, Photo, Race, Session, ShareLink
from sponsors.models import Sponsorship

SOON = timedelta(days=30)
# So many rows of each part; its list has the others.
SHOWN = 6
# So many sessions are looked at for the next one; a weekend has fewer.
NEAR = 20


def start_page(request):
    """For the doors on top and the parts below them, as far as this user may see the rows they are about."""
    may, today = request.user.has_perm, timezone.localdate()
    page = {
        "waiting": waiting(may),
        "doors": doors(may, today),
        "next_session": next_session() if may("news.view_session") else None,
    }
    if may("news.view_article"):
        page |= articles(request.user)
    if may("news.view_sharelink"):
        page["shared"] = shared(request.user)
    if may("news.change_result"):
        page["missing_results"] = missing_results(today)
    return page | endings(may, today + SOON)


def doors(may, today):
    """What an editor comes for, each with the race or the session that it is most likely about."""
    races = Race.objects
    return {
        "last_race": races.past().first() if may("news.add_article") else None,
        "next_race": races.upcoming().with_place().first() if may("news.view_race") else None,
        "last_session": Session.objects.races().in_races_until(today).first()
        if may("news.change_result")
        else None,
    }


def next_session(at=None):
    """The session that is under way or comes next, with how long until then; None while no start is known."""
    at = at or timezone.now()
    near = Session.objects.ahead(at).with_list_state().select_related("race__circuit")[:NEAR]
    session = next((row for row in near if row.over_at > at and not row.list_state), None)
    if session is None:
        return None
    minutes = max(0, -((at - session.starts_at) // timedelta(minutes=1)))
    days, minutes = divmod(minutes, 24 * 60)
    return {
        "session": session,
        "is_under_way": session.phase(at) == Session.Phase.UNDER_WAY,
        "left": (days, *divmod(minutes, 60)),
        "here": timezone.localtime(session.starts_at),
    }


def articles(user):
    """What came back, drafts, what is handed in, what will appear, and translations behind their source: each with its
    author and with who else has it open, one's own drafts first."""
    rows = Article.objects.select_related("author")
    returned = list(rows.returned_to(user).order_by("-updated_at")[:SHOWN])
    drafts = rows.in_stage(Article.Stage.WRITING).own_first(user)
    parts = {
        "returned": returned,
        "drafts": list(drafts.exclude(pk__in=[row.pk for row in returned])[:SHOWN]),
        "submitted": list(rows.in_stage(Article.Stage.REVIEW).order_by("updated_at")[:SHOWN]),
        "scheduled": list(rows.in_stage(Article.Stage.RELEASED).scheduled().order_by("published_at")[:SHOWN]),
        "quoting_old": list(rows.quoting_old_results().prefetch_related("contradictions")[:SHOWN]),
        "stale": list(rows.last_left_behind(SHOWN).select_related("author", "source")),
    }
    _note_who_is_there(user, parts)
    return parts


def shared(user):
    """Links to drafts that this person was asked to read."""
    return ShareLink.objects.of(user).open().select_related("article")[:SHOWN]


def _note_who_is_there(user, parts):
    """Each article of the parts learns who else has it open now, as `opened_by`."""
    shown = [row for rows in parts.values() for row in rows]
    there = OpenForm.objects.others_than(user).there().filter(article__in=shown)
    names = defaultdict(list)
    for form in there:
        names[form.article_id].append(form.user.get_full_name() or form.user.get_username())
    for row in shown:
        row.opened_by = ", ".join(names[row.pk])


def missing_results(today, at=None):
    """Races of ours that are over and have no result list: sessions without one, and races without a timetable."""
    at = at or timezone.now()
    races = Race.objects.without_results(today)[: SHOWN * 2]
    found = []
    for race in races:
        missing = [session for session in race.missing_sessions if session.over_at <= at]
        if missing or (race.last_day < today and not race.missing_sessions):
            found.append({"race": race, "session": missing[0] if missing else None})
    return found[:SHOWN]


def endings(may, day):
    """What ends until that day: licences of photos and agreements with partners."""
    return {
        "ending_licences": Photo.objects.ending_by(day)[:SHOWN] if may("news.view_photo") else [],
        "ending_agreements": Sponsorship.objects.ending_by(day)[:SHOWN]
        if may("sponsors.view_sponsorship")
        else [],
    }
