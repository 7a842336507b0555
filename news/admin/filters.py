"""What the article list can be narrowed to."""

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from news.admin.release import STATES
from news.models import Article


class ArticleState(SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(state, capfirst(words)) for state, words in STATES.items()]

    def queryset(self, request, articles):
        match self.value():
            case "public":
                return articles.public()
            case "scheduled":
                return articles.scheduled()
            case "expired":
                return articles.expired()
            case Article.Stage.WRITING | Article.Stage.REVIEW as stage:
                return articles.filter(stage=stage)


class ReleaseYear(SimpleListFilter):
    """By year. Django's own date navigation reads every row to find the years; this asks for the first and last."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        ends = []
        for language, _name in settings.LANGUAGES:
            released = Article.objects.in_language(language).filter(stage=Article.Stage.RELEASED)
            times = released.order_by("published_at").values_list("published_at", flat=True)
            ends += [moment for moment in (times.first(), times.last()) if moment]
        if not ends:
            return []
        first, last = (timezone.localtime(moment).year for moment in (min(ends), max(ends)))
        return [(str(year), str(year)) for year in range(last, first - 1, -1)]

    def queryset(self, request, articles):
        known = dict(self.lookup_choices)
        return articles.filter(published_at__year=self.value()) if self.value() in known else articles
