"""Two people, or two windows of one, at the same article: what was written on a state that has moved on is refused, and
both texts are shown side by side with the choice what to keep."""

from collections import Counter

from django.contrib.admin.utils import unquote
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from news.admin.typed import Sheet, chosen
from news.history import Stale, fields_at, first_version, new_version, versions_of
from news.models import Article, RollingDraft
from news.people import clock, name_of

STORED, MINE = "stored", "mine"
# Of an address that names no version; no article has it.
UNKNOWN = -1
LONGEST_WINDOW = RollingDraft._meta.get_field("window").max_length


class Unsettled(Exception):
    """The same person has typed something else in another window, and that is not saved yet."""

    def __init__(self, rolling):
        super().__init__(f"Unsaved changes of {rolling.saved_at} are in the way.")
        self.rolling = rolling


def number_in(post, name="seen"):
    value = post.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else UNKNOWN


def window_of(post):
    """The name that a window of a browser has given itself (autosave.js); "" without one, and for what is none."""
    name = post.get("window", "")
    return name if name.isalnum() and len(name) <= LONGEST_WINDOW else ""


def seen_in_list(post, pk):
    """The version that the list showed; None for who has not come from a list."""
    return number_in(post, f"seen-{pk}") if f"seen-{pk}" in post else None


def other_window(article, user, post):
    """What this person has typed elsewhere and the window that sends this does not know of; None where all is well."""
    rolling = RollingDraft.objects.filter(article=article, user=user).first()
    is_known = rolling is None or post.get("kept") == rolling.stamp
    is_own = rolling is not None and rolling.window != "" and window_of(post) == rolling.window
    return None if is_known or is_own else rolling


def begun_in_window(request):
    """The draft that the first autosave of this window has made of a new article, where the window has not heard of it:
    what it sends now belongs there, and is no second article. None without any."""
    window = window_of(request.POST)
    rolling = RollingDraft.objects.filter(user=request.user, window=window).first() if window else None
    if rolling is None or request.POST.get("seen"):
        return None
    request.POST = request.POST.copy()
    request.POST["seen"] = str(rolling.based_on)
    return str(rolling.article_id)


def moved_on(article, user):
    """Who has saved it since, and when, in a sentence."""
    last = versions_of(article.pk).first()
    time = clock(article.updated_at)
    if last and last.revision.user_id == user.pk:
        return _("You have saved this article in another window at %(time)s.") % {"time": time}
    name = name_of(last.revision.user if last else None)
    words = _("%(name)s has saved this article at %(time)s.")
    return words % {"name": name[:1].upper() + name[1:], "time": time}


class RefusesStale:
    """For the admin class of articles: every save is made from the version that was looked at, or not at all, and
    becomes a version of the history."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = super().changeform_view
        object_id = object_id or begun_in_window(request)
        if request.method != "POST":
            return view(request, object_id, form_url, extra_context)
        article = self._article(object_id)
        if article is None or not self.has_change_permission(request, article):
            with first_version(request.user):
                return view(request, object_id, form_url, extra_context)
        try:
            with new_version(article.pk, request.user, seen=number_in(request.POST)) as stored:
                self._settle(request, stored)
                return view(request, object_id, form_url, extra_context)
        except Stale as stale:
            return self._conflict(request, stale.stored)
        except Unsettled as unsettled:
            return self._conflict(request, article, against=unsettled.rolling)

    def action_checkbox(self, obj):
        """Beside each tick stands which version it is about."""
        tick = super().action_checkbox(obj)
        return format_html('{}<input type="hidden" name="seen-{}" value="{}">', tick, obj.pk, obj.version)

    @staticmethod
    def _article(object_id):
        pk = unquote(object_id or "")
        return Article.objects.filter(pk=pk).first() if pk.isdecimal() else None

    def _settle(self, request, stored):
        """Put together what was chosen on the page of a conflict."""
        if rolling := self.in_the_way(request, stored):
            raise Unsettled(rolling)
        keep = {
            name[5:] for name, value in request.POST.items() if name.startswith("keep-") and value == STORED
        }
        if not any(name.startswith("keep-") for name in request.POST):
            return
        sheet = self.sheet(request, stored)
        theirs = self._rolling_of(request, stored, sheet) if request.POST.get("against") else sheet.stored()
        data = sheet.post(chosen(sheet.sent(request.POST), theirs, keep))
        for name in ("csrfmiddlewaretoken", "seen", "kept", "window", "_save", "_continue"):
            if name in request.POST:
                data[name] = request.POST[name]
        request.POST = data

    def in_the_way(self, request, article):
        """Own words of another window. A page that was left while it was being kept leaves a row that says no more than
        what is stored: nobody has to choose between two texts that are the same."""
        rolling = other_window(article, request.user, request.POST)
        if rolling is None or rolling.based_on != article.version:
            return rolling
        sheet = self.sheet(request, article)
        return rolling if sheet.differences(sheet.stored(), sheet.read(rolling.data)) else None

    @staticmethod
    def _rolling_of(request, article, sheet):
        rolling = RollingDraft.objects.filter(article=article, user=request.user).first()
        return sheet.read(rolling.data) if rolling else sheet.stored()

    def sheet(self, request, article):
        """The form and the inlines that this person could fill in now."""
        form = self.get_form(request, article, change=True)(instance=article)
        formsets, met = [], Counter()
        for formset, inline in self.get_formsets_with_inlines(request, article):
            prefix = formset.get_default_prefix()
            met[prefix] += 1
            if inline.has_change_permission(request, article):
                # Named as the admin names them where two inlines show the same rows.
                prefix = prefix if met[prefix] == 1 else f"{prefix}-{met[prefix]}"
                formsets.append(
                    formset(instance=article, prefix=prefix, queryset=inline.get_queryset(request))
                )
        return Sheet(form, formsets)

    def _conflict(self, request, stored, against=None):
        """The page that answers a refused save; a second click on the same button is no conflict."""
        sheet = self.sheet(request, stored)
        mine = sheet.sent(request.POST)
        is_done = self.is_second_click(request, stored) or not sheet.differences(sheet.stored(), mine)
        if against is None and is_done:
            return self.response_change(request, stored)
        return self.conflict_page(request, stored, sheet, mine, number_in(request.POST), against)

    def conflict_page(self, request, stored, sheet, mine, seen, against=None, status=409):
        """`seen` is the version that `mine` was written on; `against` are own unsaved changes of another window."""
        theirs = sheet.read(against.data) if against else sheet.stored()
        found = sheet.differences(theirs, mine)
        before = None if against else self.typed_at(request, stored, seen)
        theirs_alone = {
            difference.name
            for difference in found
            if before and not _differs(sheet, before, mine, difference.name)
        }
        last = versions_of(stored.pk).first()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": stored,
            "title": _("Two texts"),
            "rows": [(each, STORED if each.name in theirs_alone else MINE) for each in found],
            "sent": [(name, value) for name, values in sheet.post(mine).lists() for value in values],
            "against": against,
            "who": name_of(last.revision.user) if last else "",
            "is_own": bool(last) and last.revision.user_id == request.user.pk,
            "when": stored.updated_at,
            "window": window_of(request.POST),
            "kept": against.stamp if against else request.POST.get("kept", ""),
            "step_waits": "_step" in request.POST,
        }
        return TemplateResponse(request, "admin/news/article/conflict.html", context, status=status)

    def typed_at(self, request, article, number):
        """What the form would hold had it been opened at this version; None where that was not kept."""
        fields = fields_at(article, number)
        if fields is None:
            return None
        former = Article(**{name: value for name, value in fields.items() if name != "tags"})
        form = self.get_form(request, article, change=True)(
            instance=former, initial={"tags": fields.get("tags", [])}
        )
        return Sheet(form, []).stored()


def _differs(sheet, old, new, name):
    """An inline of a former version is not looked at here: then the choice is left with the person."""
    return name not in old.fields or any(each.name == name for each in sheet.differences(old, new))
