"""Articles by the thousand, for measuring: varied enough to fill lists and searches, and plainly made up."""

import datetime
import itertools
import random
import uuid
from collections.abc import Iterator

from django.db import reset_queries, transaction
from django.db.models import Max
from django.utils import timezone

from driversite.demo.texts import table
from news.models import Article, Photo, Tag
from news.slugs import slug_of

BATCH = 1000
BYLINE = "Demo-Generator"
# However many there are, they are spread over some years, as a site's own would be.
YEARS = 12
USUAL_STEP = datetime.timedelta(hours=7)


def generate_articles(count: int) -> Iterator[int]:
    """Add this many released articles, batch by batch; yields how many there are so far."""
    if not count:
        return
    tags = list(Tag.objects.order_by("pk").values_list("pk", flat=True))
    articles, done = _articles(count), 0
    while batch := list(itertools.islice(articles, BATCH)):
        with transaction.atomic():
            _tag(Article.objects.bulk_create(batch), tags)
        done += len(batch)
        # With DEBUG on, Django keeps the text of every query: that must not grow with the number of articles.
        reset_queries()
        yield done


def _articles(count):
    words = table("generated")
    photos = list(Photo.objects.order_by("pk").values_list("pk", flat=True)) or [None]
    first = (Article.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    step = min(USUAL_STEP, datetime.timedelta(days=365 * YEARS) / count)
    now = timezone.now()
    for n in range(count):
        photo = photos[n % len(photos)] if n % 5 else None
        yield _article(first + n, published_at=now - (n + 1) * step, lead_photo_id=photo, words=words)


def _article(number, *, words, **values):
    """One article; its number decides every word, so that no two runs differ. Three of four are German."""
    dice = random.Random(number)
    language = "en" if number % 4 == 0 else "de"
    words = words[language]
    headline = " ".join(dice.choice(words[part]) for part in ("what", "where", "how"))
    opening, *rest = (" ".join(dice.sample(words["sentences"], 5)) for _ in range(dice.randint(3, 7)))
    body = "".join([f"<p>{opening}</p><h2>{words['heading']}</h2>", *(f"<p>{text}</p>" for text in rest)])
    return Article(
        language=language,
        headline=f"{headline} ({number})",
        slug=f"{slug_of(headline, 100)}-{number}",
        dateline="Demo",
        teaser=f"{words['sentences'][0]} {dice.choice(words['sentences'][1:])}",
        body=body,
        kind=dice.choice(Article.Kind.values),
        stage=Article.Stage.RELEASED,
        byline=BYLINE,
        translation_group=uuid.UUID(int=dice.getrandbits(128), version=4),
        **values,
    )


def _tag(articles, tags):
    tagged = Article.tags.through
    tagged.objects.bulk_create(
        tagged(article_id=article.pk, tag_id=tag)
        for article, tag in zip(articles, itertools.cycle(tags), strict=False)
    )
