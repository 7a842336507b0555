"""What an article is found by: columns that are worked out from its texts and never typed."""

from django.db import models

from news.html import text_of
from news.slugs import LONGEST_KEY, folded
from news.words import indexed


class FoundByItsWords(models.Model):
    """For articles."""

    # From these texts, and the language, the columns follow.
    SEARCHED = ("headline", "dateline", "teaser", "byline", "body")
    WORDS = ("body_text", "search_text", "headline_key")

    # The words of the body, as a search shows them.
    body_text = models.TextField(editable=False, blank=True)
    # All words and their stems, as the index of the search takes them (news/searchindex.py).
    search_text = models.TextField(editable=False, blank=True)
    # Those of the headline alone, short enough for an index that the newsroom's search reads while somebody types.
    headline_key = models.CharField(max_length=LONGEST_KEY, editable=False, blank=True)

    class Meta:
        abstract = True

    def keep_words_to_find(self):
        self.body_text = text_of(self.body)
        texts = (self.headline, self.dateline, self.teaser, self.byline, self.body_text)
        self.search_text = indexed(self.language, *texts)
        self.headline_key = folded(f"{self.headline} {self.dateline}")[:LONGEST_KEY]
