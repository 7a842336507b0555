"""How lists and searchable selects find a name, however it is spelt."""

import re

from django.db.models import Q
from django.utils.text import smart_split, unescape_string_literal

from news.models import Article, Race
from news.slugs import folded

# Columns that hold text as a search compares it.
FOLDED = ("_key", "search_text")


class FindsNames:
    """For admin classes: of `search_fields`, columns with folded text are asked for folded words, so that Hürtgen is
    found by Hurtgen and HUERTGEN on every database; the others for what was typed."""

    def get_search_results(self, request, queryset, search_term):
        for word in smart_split(search_term):
            word = unescape_string_literal(word) if word[0] == word[-1] and word[0] in "\"'" else word
            # Asked for apart: rows that a word finds in several ways come once.
            found = self.model._base_manager.filter(self._anywhere(word))
            queryset = queryset.filter(pk__in=found.values("pk"))
        return queryset, False

    def _anywhere(self, word):
        parts = re.findall(r"\w+", folded(word))
        anywhere = Q(pk=None)
        for path in self.search_fields:
            if not path.endswith(FOLDED):
                anywhere |= Q((f"{path}__icontains", word))
            elif parts:
                anywhere |= Q(*((f"{path}__contains", part) for part in parts))
        return anywhere


class FindsArticles:
    """For the admin class of articles: by words of headline, dateline and race, each found by an index or in a small
    table, however they are spelt; where there is none of this name, by words of the text."""

    def get_search_results(self, request, queryset, search_term):
        words = folded(search_term).split()
        found = queryset
        for word in words:
            named = Article.objects.named(word).order_by().values("pk")
            found = found.filter(
                Q(pk__in=named) | Q(race__in=Race.objects.search(word).order_by().values("pk"))
            )
        if words and not found.exists():
            found = queryset.search(search_term)
        return found, False
