"""What keeps the questions about articles short at any number of them: each index holds all that its question asks,
so that no article is read that is not shown. `tests/test_plans.py` looks at what the database makes of them."""

from django.db.models import F, Index, Q
from django.db.models.functions import Coalesce

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
    # What the list of all parts of the sitemap asks.
    Index(fields=["id", "stage", "published_at", "expires_at", "modified_at"], name="article_in_sitemap"),
    # Translations with the version that they follow: those that are behind are found without the articles.
    Index(
        fields=["source", "source_version"],
        name="article_translated",
        condition=Q(source__isnull=False),
    ),
    # The few that end: the newsroom's calendar asks for those of a month.
    Index(fields=["expires_at"], name="article_ends", condition=Q(expires_at__isnull=False)),
    # The order of the newsroom's list: a draft stands where it was last touched.
    Index(Coalesce("published_at", "updated_at").desc(), F("id").desc(), name="article_by_when"),
]
