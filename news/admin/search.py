"""How lists and searchable selects find a name, however it is spelt."""

import re
from itertools import chain

from django.db.models import Q
from django.utils.text import smart_split, unescape_string_literal

from news import searchindex
from news.admin.pagination import COUNTED
from news.admin.versions import LANGUAGES
from news.models import Article, Race
from news.slugs import folded, question
from news.words import Question

# Columns that hold text as a search compares it.
FOLDED = ("_key", "search_text")
# So many articles of some races are put in order to find the newest of them.
OF_RACES = 5000


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
    """For the admin class of articles: by words of headline, dateline and race, however they are spelt, each part of it
    through an index; where there is none of this name, by words of the text. The newest are found, no more of them than
    the list counts."""

    def get_search_results(self, request, queryset, search_term):
        asked = question(search_term)
        if not folded(asked):
            return queryset, False
        keys = {*Article.objects.newest_named(asked, COUNTED + 1), *named_with_their_race(asked)}
        if not keys:
            words = Question.of(asked, *LANGUAGES, begun=True)
            keys = searchindex.newest(Article.objects.all(), words, 0, COUNTED + 1)
        return queryset.filter(pk__in=sorted(keys, reverse=True)[: COUNTED + 1]), False


def named_with_their_race(asked):
    """The last of the articles whose race has at least one of the words, and whose headline has the others: by their
    races, or in the order of all, where so many are of these races that the first ones are soon met."""
    words = folded(asked).split()
    races = {word: [*Race.objects.search(word).order_by().values_list("pk", flat=True)] for word in words}
    of_races, found = (
        Article.objects.filter(race__in={*chain(*races.values())}),
        Article.objects.order_by("-pk"),
    )
    for word in words:
        found = found.filter(Q(headline_key__contains=word) | Q(race__in=races[word]))
    if of_races.values("pk")[: OF_RACES + 1].count() <= OF_RACES:
        found &= of_races
    return found.values_list("pk", flat=True)[: COUNTED + 1]
