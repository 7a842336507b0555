"""Articles found by their words, and the words kept however an article is written."""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from news import headlineindex, searchindex
from news.slugs import folded
from news.words import Question

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class FoundByWords(QuerySet):
    """For articles, whose `keep_words_to_find()` works out the columns that are searched."""

    def search(self, text, *languages, begun=True):
        """Every word somewhere in the article, however it is spelt and in whatever form; the last one may only be
        begun."""
        question = Question.of(text, *(languages or LANGUAGES), begun=begun)
        return self.filter(pk__in=searchindex.articles(question)) if question.words else self.none()

    def newest_with(self, question, start, end):
        """The last released in which the question is found, from one place to the other, as a list."""
        keys = searchindex.newest(self, question, start, end)
        found = self.filter(pk__in=keys).defer("body", "search_text")
        return sorted(found, key=lambda article: keys.index(article.pk))

    def named(self, text):
        """Every word somewhere in the headline or the dateline, however it is spelt; the newest first. An index holds
        these words in this order, so that no article has to be read for it."""
        found = self.order_by("-pk")
        for word in folded(text).split():
            found = found.filter(headline_key__contains=word)
        return found

    def newest_named(self, text, number):
        """The keys of the first so many of those, found by three letters of the words at a time."""
        return headlineindex.newest(self.named(text), folded(text).split(), number)

    def bulk_create(self, articles, *args, **kwargs):
        """As save() does."""
        articles = list(articles)
        for article in articles:
            article.keep_words_to_find()
        return super().bulk_create(articles, *args, **kwargs)

    def update(self, **values):
        """Words that are changed in many rows at once are found, too."""
        if not values.keys() & {"language", *self.model.SEARCHED}:
            return super().update(**values)
        with transaction.atomic():
            keys = list(self.values_list("pk", flat=True))
            changed = super().update(**values)
            self.model.objects.filter(pk__in=keys).keep_words()
        return changed

    update.alters_data = True

    def keep_words(self):
        """Work out anew what these articles are found by; how many were found by something else before."""
        changed = 0
        for article in (
            self.order_by().only("language", *self.model.SEARCHED, *self.model.WORDS).iterator(500)
        ):
            before = [getattr(article, name) for name in self.model.WORDS]
            article.keep_words_to_find()
            after = {name: getattr(article, name) for name in self.model.WORDS}
            if before != [*after.values()]:
                changed += super(FoundByWords, self.model.objects.filter(pk=article.pk)).update(**after)
        return changed

    keep_words.alters_data = True
