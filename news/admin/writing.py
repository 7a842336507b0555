"""What the text editor asks the newsroom for: pages to link to, photos and sessions for blocks, what the marks of a
text stand for, and typography. Everybody finds what they may see, and nothing else."""

from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.http import HttpResponseBadRequest, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET, require_POST

from news.admin.release import day_in_words
from news.html import sanitize, words_only
from news.models import Article, Driver, Page, Photo, Race, Session
from news.slugs import question
from news.typography import tidy_html, tidy_words

# So many of each kind are proposed.
PHOTOS, SESSIONS, ARTICLES, OTHERS = 24, 12, 8, 5
# A text has so many marks at most that are looked up at once.
MARKS = 400
# Pages without a row: the names of their addresses, and what they are called.
PLACES = [
    ("articles", gettext_lazy("News")),
    ("calendar", gettext_lazy("Calendar")),
    ("results", gettext_lazy("Results")),
    ("drivers", gettext_lazy("Driver")),
    ("gallery", gettext_lazy("Gallery")),
    ("press", gettext_lazy("Press")),
    ("imprint", gettext_lazy("Imprint")),
    ("privacy", gettext_lazy("Privacy")),
]


class AnswersEditor:
    """For the admin class of articles; the forms of pages and drivers ask here as well."""

    def get_urls(self):
        asked = [("find", self.find_rows), ("marks", self.describe_marks), ("tidy", self.tidy_text)]
        urls = [
            path(
                f"editor/{what}/",
                self.admin_site.admin_view(self._for_writers(view)),
                name=f"news_article_{what}",
            )
            for what, view in asked
        ]
        return [*urls, *super().get_urls()]

    def _for_writers(self, view):
        def answered(request):
            if not any(self._may(request, model, "change", "add") for model in (Article, Page, Driver)):
                raise PermissionDenied
            return method(view)(request)

        method = require_POST if view == self.tidy_text else require_GET
        return answered

    def _may(self, request, model, *rights):
        names = [f"{model._meta.app_label}.{right}_{model._meta.model_name}" for right in rights]
        return any(request.user.has_perm(name) for name in names)

    def find_rows(self, request):
        kinds = {"link": self._pages, "photo": self._photos, "session": self._sessions}
        if not (kind := kinds.get(request.GET.get("kind"))):
            return HttpResponseBadRequest()
        words, language = question(request.GET.get("q", "")), request.GET.get("language", "")
        return JsonResponse({"results": kind(request, words, "en" if language == "en" else "de")})

    def _found(self, request, model, words):
        """Rows of a kind as the newsroom's own lists find them; none for who may not see them."""
        if not self._may(request, model, "view", "change"):
            return model.objects.none()
        rows = self.admin_site.get_model_admin(model)
        found = rows.get_queryset(request).order_by(*rows.get_ordering(request))
        return rows.get_search_results(request, found, words)[0] if words else found

    def _photos(self, request, words, language):
        photos = _of_race_first(request, self._found(request, Photo, words).licensed().present())
        return [{"value": str(photo.pk), **self._photo(photo)} for photo in photos[:PHOTOS]]

    def _photo(self, photo):
        rows = self.admin_site.get_model_admin(Photo)
        said = {"title": str(photo), "note": photo.credit, "thumbnail": rows.option_picture(photo)}
        if photo.is_showable():
            return said
        return said | {
            "warning": _("Visitors do not see it: no credit, the licence has ended, or it was taken down.")
        }

    def _sessions(self, request, words, language):
        sessions = self._found(request, Session, words).filter(cancelled=False).with_list_state()
        sessions = _of_race_first(request, sessions)
        return [{"value": str(session.pk), **self._session(session)} for session in sessions[:SESSIONS]]

    def _session(self, session):
        day = day_in_words(session.track_time.date() if session.starts_at else session.race.first_day)
        said = {"title": f"{session.title}, {session.race}", "note": day}
        return said | (
            {} if session.list_state else {"warning": _("No result list yet: shown once there is one.")}
        )

    def _pages(self, request, words, language):
        races = self._found(request, Race, words)[:OTHERS]
        drivers = self._found(request, Driver, words).filter(ours=True)[:OTHERS]
        pages = self._found(request, Page, words)[:OTHERS]
        return [
            *self._articles(request, words, language),
            *(_row(race, race.address_in(language), day_in_words(race.first_day)) for race in races),
            *(_row(driver, driver.address_in(language), _("Driver")) for driver in drivers),
            *(
                _row(page, page.address_in(language), _("Page"), is_hidden=not page.is_public())
                for page in pages
            ),
            *_places(words, language),
        ]

    def _articles(self, request, words, language):
        """Those in the language of the text; a draft gets its address when it is released."""
        articles = self._found(request, Article, "").exclude(slug="").in_language(language)
        if words:
            articles = articles.search(words)
        kept = request.GET.get("article", "")
        if kept.isdecimal():
            articles = articles.exclude(pk=kept)
        return [
            _row(
                article,
                article.get_absolute_url(),
                article.get_kind_display(),
                is_hidden=not article.is_public(),
            )
            for article in articles[:ARTICLES]
        ]

    def describe_marks(self, request):
        """{"photos": {key: …}, "sessions": {key: …}} of what is there; a key without an answer stands for nothing."""
        photos = self._found(request, Photo, "").filter(pk__in=_keys(request, "photos"))
        sessions = self._found(request, Session, "").filter(pk__in=_keys(request, "sessions"))
        return JsonResponse(
            {
                "photos": {photo.pk: self._photo(photo) for photo in photos},
                "sessions": {each.pk: self._session(each) for each in sessions.with_list_state()},
            }
        )

    def tidy_text(self, request):
        text, language = request.POST.get("text", ""), request.POST.get("language", "")
        if request.POST.get("kind") == "html":
            text = sanitize(text)
            tidy = sanitize(tidy_html(text, language))
        else:
            tidy = tidy_words(words_only(text), language)
        return JsonResponse({"text": tidy, "is_changed": tidy != text})


def _of_race_first(request, rows):
    """Where nothing is typed yet, what belongs to the race of the article stands before all else."""
    race = request.GET.get("race", "")
    if request.GET.get("q", "").strip() or not (race.isascii() and race.isdecimal() and len(race) < 16):
        return rows
    is_other = Case(When(race_id=int(race), then=0), default=1)
    return rows.order_by(is_other, *rows.query.order_by)


def _row(row, address, note, *, is_hidden=False):
    hidden = _("not public yet, or no longer")
    return {"value": address, "title": str(row), "note": f"{note} · {hidden}" if is_hidden else str(note)}


def _places(words, language):
    """Pages without a row, by their names in the language of the text."""
    with override(language):
        places = [(str(name), reverse(f"news:{address}")) for address, name in PLACES]
    return [
        {"value": address, "title": name, "note": address}
        for name, address in places
        if words and words.casefold() in name.casefold()
    ]


def _keys(request, name):
    keys = request.GET.get(name, "").split(",")
    return [int(key) for key in keys[:MARKS] if key.isascii() and key.isdecimal() and len(key) < 16]
