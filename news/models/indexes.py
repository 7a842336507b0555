"""What keeps the questions about articles short at any number of them: each index holds all that its question asks,
so that no article is read that is not shown. `tests/test_plans.py` looks at what the database makes of them."""

from django.db.models import F, Index, Q
from django.db.models.functions import Coalesce

from news.querysets.stretches import PART_OF

OF_ARTICLES = [
    # With all that `public()` asks: what a deep page passes over is never read.
    Index(fields=["language", "stage", "-published_at", "-id", "expires_at"], name="article_newest"),
    Index(
        fields=["language", "stage", "kind", "-published_at", "-id", "expires_at"],
        name="article_of_kind",
    ),
    # The few pinned ones, in the same order: the home page finds them among all others.
    Index(
        fields=["language", "stage", "-published_at", "-id"],
        name="article_pinned",
        condition=Q(pinned=True),
    ),
    Index(fields=["-id", "headline_key", "race"], name="article_by_headline"),
    # Whether a part of the sitemap has a public article: the last one that came out says so.
    Index(PART_OF, F("published_at").desc(), "stage", "expires_at", name="article_in_sitemap"),
    # The translations that are behind their source: nobody asks for the others.
    Index(
        fields=["source"],
        name="article_is_behind",
        condition=Q(source__isnull=False, source_text_version__gt=F("source_version")),
    ),
    # Those of a race, the newest first. Most articles of a large site are of none: in an index of all of them SQLite
    # takes each race for one with a thousand articles, and reads the list of the newest instead.
    Index(
        fields=["race", "-published_at", "-id"],
        name="article_of_race",
        condition=Q(race__isnull=False),
    ),
    # The few that end: the newsroom's calendar asks for those of a month.
    Index(fields=["expires_at"], name="article_ends", condition=Q(expires_at__isnull=False)),
    # The order of the newsroom's list: a draft stands where it was last touched.
    Index(Coalesce("published_at", "updated_at").desc(), F("id").desc(), name="article_by_when"),
]
