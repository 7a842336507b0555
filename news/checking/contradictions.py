"""Which released articles contradict the results in force, remembered so that the newsroom hears of it: whoever changes
results or a released text, looks again."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from news.checking.articles import contradictions_of
from news.checking.record import record_of
from news.models import Article, Contradiction, Race

LONGEST = Contradiction._meta.get_field("quote").max_length


def look_again_at_races(races) -> None:
    """The results of these races (ids) have changed: what their articles say and no longer agrees is news."""
    articles = Article.objects.released().filter(race__in=races)
    by_race = {}
    for article in articles:
        by_race.setdefault(article.race_id, []).append(article)
    for race in Race.objects.select_related("circuit").filter(pk__in=by_race):
        record = record_of(race)
        for article in by_race[race.pk]:
            _remember(article, record, seen_at=None)


def look_again_at_article(pk) -> None:
    """The article has changed: what it says from now on is as its editor wants it."""
    article = Article.objects.released().select_related("race__circuit").filter(pk=pk).first()
    if article and article.race:
        _remember(article, record_of(article.race), seen_at=timezone.now())
    else:
        Contradiction.objects.filter(article=pk).delete()


def _remember(article, record, seen_at):
    known = {_key(row): row for row in article.contradictions.all()}
    found = {_key(row): row for row in _found(article, record)}
    article.contradictions.filter(pk__in=[row.pk for key, row in known.items() if key not in found]).delete()
    new = [row for key, row in found.items() if key not in known]
    for row in new:
        row.seen_at = seen_at
    Contradiction.objects.bulk_create(new)


def _found(article, record):
    """One row for each passage, with the record's words in every language of the site."""
    rows = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for n, (_field, said) in enumerate(contradictions_of(article, record)):
                row = rows.setdefault(
                    n, Contradiction(article=article, kind=said.kind, quote=said.quote[:LONGEST])
                )
                setattr(row, f"record_{code}", said.record[:LONGEST])
    return rows.values()


def _key(row):
    """Another result makes it another contradiction."""
    return row.kind, row.quote, *(getattr(row, f"record_{code}") for code, _name in settings.LANGUAGES)
