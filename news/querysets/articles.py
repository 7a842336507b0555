"""Questions about articles, photos and pages; `public` is the one answer to what a visitor may see."""

from functools import reduce
from operator import and_

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import (
    Case,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.utils import timezone

from news.querysets.stretches import InStretches, any_of
from news.querysets.words import FoundByWords


class ArticleQuerySet(FoundByWords, InStretches):
    def public(self, at=None):
        """What a visitor may see at this instant: released, its time reached, not expired."""
        at = at or timezone.now()
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), stage="released", published_at__lte=at)

    def scheduled(self, at=None):
        """Released, and their time is still to come."""
        return self.filter(stage="released", published_at__gt=at or timezone.now())

    def expired(self, at=None):
        """Released, and no longer to be seen."""
        return self.filter(stage="released", expires_at__lte=at or timezone.now())

    def appearing(self, start, end):
        """With a time of release from the one instant up to the other, released for it or only planned."""
        # All languages and stages, by name: so the index of the newest answers at any number of articles.
        languages, stages = [code for code, _name in settings.LANGUAGES], self.model.Stage.values
        every = self.filter(language__in=languages, stage__in=stages)
        return every.filter(published_at__gte=start, published_at__lt=end)

    def expiring(self, start, end):
        """Off the site from some time in between."""
        return self.filter(expires_at__gte=start, expires_at__lt=end)

    def next_release(self, at, before):
        """When the next one comes out by its time, if that is before the other instant."""
        return self.appearing(at, before).scheduled(at).aggregate(at=Min("published_at"))["at"]

    def next_expiry(self, at):
        """When the next one has had its time on the site."""
        return self.released().filter(expires_at__gt=at).aggregate(at=Min("expires_at"))["at"]

    def in_language(self, language):
        return self.filter(language=language)

    def addressed(self, language, slug):
        """The one with this address."""
        # That it has one is said as well: the index of addresses holds no others, and would not be asked.
        return self.in_language(language).filter(slug=slug).exclude(slug="")

    def in_stage(self, stage):
        """Language by language, so that the index of the newest articles answers at any number of them."""
        return self.filter(language__in=[code for code, _name in settings.LANGUAGES], stage=stage)

    def own_first(self, user):
        """A writer's own, then those of others, each the last changed first."""
        return self.order_by(Case(When(author=user, then=0), default=1), "-updated_at", "-pk")

    def returned_to(self, author):
        """Drafts that an editor has given back to their author, with the `remark`; until they are handed in again."""
        steps = (
            apps.get_model("news.Step").objects.filter(article=OuterRef("pk")).order_by("-taken_at", "-pk")
        )
        last, remark = (Subquery(steps.values(field)[:1]) for field in ("kind", "remark"))
        return (
            self.in_stage("writing")
            .filter(author=author)
            .annotate(last_step=last, remark=remark)
            .filter(last_step="return")
        )

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def about(self, race):
        return self.filter(race=race)

    def released(self):
        """Released, whenever their time is."""
        return self.filter(stage="released")

    def showing(self, photo):
        """With the photo as lead, in the gallery or in the text."""
        in_gallery, in_text = (
            field.through.objects.filter(photo=photo, article__isnull=False).values("article")
            for field in (self.model.gallery, self.model.body_photos)
        )
        return self.filter(Q(lead_photo=photo) | Q(pk__in=in_gallery) | Q(pk__in=in_text))

    def versions_of(self, article):
        """The other languages of the same article."""
        return self.filter(translation_group=article.translation_group).exclude(pk=article.pk)

    def stale(self):
        """Translations whose source has said something else since they were brought up to date."""
        return self.filter(source__isnull=False, source_text_version__gt=F("source_version"))

    def last_left_behind(self, number):
        """Up to so many of those, the source that changed last first. Only their keys are put in order."""
        keys = self.stale().order_by("-source__updated_at").values("pk")[:number]
        rows = self.model.objects.filter(pk__in=keys).select_related("source")
        return rows.order_by("-source__updated_at")

    def one_of_each_group(self):
        """Of all languages of an article the version that was there first."""
        return self.filter(~Exists(self._group().filter(pk__lt=OuterRef("pk"))))

    def lacking_one_of(self, languages):
        """Articles that are not there in every one of these languages."""
        group = self._group()
        there = [Exists(group.in_language(language)) for language in languages]
        return self.exclude(reduce(and_, (Q(each) for each in there)))

    def with_stale_versions(self):
        """Articles of which a translation is out of date."""
        groups = self.model.objects.stale().values_list("translation_group", flat=True)
        # Few, as a rule, and then as values: PostgreSQL takes them for a third of all, and would read all for them.
        few = list(groups[:1001])
        return self.filter(translation_group__in=few if len(few) <= 1000 else groups)

    def _group(self):
        return self.model.objects.filter(translation_group=OuterRef("translation_group"))

    def quoting_old_results(self):
        """Released, and the results that changed since deny what they say; nobody has looked at that yet."""
        # From the few contradictions to their articles, not through all articles.
        open_ones = apps.get_model("news.Contradiction").objects.filter(found_at__isnull=False, seen_at=None)
        return self.released().filter(pk__in=open_ones.values("article")).order_by("-published_at", "-pk")

    def with_pictures(self):
        """With all that a card or a page head shows, at a fixed number of queries."""
        return self.select_related("lead_photo").prefetch_related("lead_photo__renditions")

    def as_cards(self):
        """With what a card shows but the sizes of its photo (`bring_sizes()`); without the texts, which are long."""
        return self.select_related("lead_photo").defer("body", "body_text", "search_text")

    def beside(self, article, related, at=None):
        """Its other languages, its neighbours in time, and up to so many of its race and of its tags: one question."""
        every, here = self.model.objects, self.in_language(article.language).exclude(pk=article.pk)
        tags = self.model.tags.through.objects.filter(article=article.pk).values("tag")
        parts = [every.versions_of(article), here.tagged(tags).newest_first()[:related]]
        if article.race_id:
            parts.append(every.about(article.race_id))
        if article.published_at:
            # SQLite goes by the first bound of a time that it reads: here that of the article, not that of today.
            parts += [
                every.before(article).public(at).in_language(article.language)[:1],
                here.after(article)[:1],
            ]
        return self.exclude(pk=article.pk).filter(pk__in=any_of(*parts))

    def tagged(self, tags):
        """With one of these tags."""
        through = self.model.tags.through.objects
        return self.filter(Exists(through.filter(article=OuterRef("pk"), tag__in=tags)))

    def before(self, article):
        same_time_or_later = Q(published_at=article.published_at, pk__gte=article.pk)
        return self.filter(published_at__lte=article.published_at).exclude(same_time_or_later).newest_first()

    def after(self, article):
        same_time_or_earlier = Q(published_at=article.published_at, pk__lte=article.pk)
        later = self.filter(published_at__gte=article.published_at).exclude(same_time_or_earlier)
        return later.order_by("published_at", "pk")

    def leading(self, number):
        """Pinned first, then the newest, so many in all: what stands on the home page."""
        pinned, newest = (
            rows.newest_first().values("pk")[:number] for rows in (self.filter(pinned=True), self)
        )
        # Of all rows only these few are put in order, each part found by its index.
        found = self.model.objects.filter(pk__in=any_of(pinned, newest))
        return found.order_by("-pinned", "-published_at", "-pk")[:number]

    def with_corrections(self):
        """Once for each correction: `first_corrected()` makes the article of these rows."""
        text, noted_at = F("corrections__text"), F("corrections__noted_at")
        rows = self.annotate(correction=text, corrected_at=noted_at)
        return rows.order_by("pk", "corrections__noted_at", "corrections__pk")

    def delete(self):
        """As each article deletes itself: whoever asks for one that was public hears that it is gone."""
        with transaction.atomic():
            known = {address for article in self for address in article.known_addresses()}
            deleted = super().delete()
            apps.get_model("news.FormerAddress").objects.bury(known)
        return deleted

    delete.alters_data = delete.queryset_only = True


def first_corrected(rows):
    """The first article of `with_corrections()` with what was corrected in it; None without any."""
    if not rows:
        return None
    article, correction = rows[0], apps.get_model("news.Correction")
    article.shown_corrections = [
        correction(text=row.correction, noted_at=row.corrected_at)
        for row in rows
        if row.pk == article.pk and row.correction
    ]
    return article


class TagQuerySet(QuerySet):
    def public(self, at=None):
        """Tags of public articles: one that stands on drafts only may name what nobody is to know yet."""
        article = apps.get_model("news.Article")
        public = Exists(article.objects.public(at).filter(pk=OuterRef("article")))
        # The first one that is found will do, and that is what a value says to PostgreSQL: of a condition it would
        # look for all articles of the tag.
        one = article.tags.through.objects.filter(public, tag=OuterRef("pk")).values("article")[:1]
        return self.alias(one=Subquery(one)).filter(one__isnull=False)


class BodyPhotoQuerySet(QuerySet):
    def follow(self, keys, **text):
        """Make the rows of this text what the text says; a photo that is not there is none."""
        stored = dict(self.filter(**text).values_list("photo", "pk"))
        self.filter(pk__in=[pk for photo, pk in stored.items() if photo not in keys]).delete()
        if new := [key for key in keys if key not in stored]:
            found = apps.get_model("news.Photo").objects.filter(pk__in=new)
            # Somebody who saves the same text at the same time makes the same rows.
            self.bulk_create([self.model(photo=photo, **text) for photo in found], ignore_conflicts=True)


class PageQuerySet(QuerySet):
    def public(self, at=None):
        """Pages whose time has come."""
        return self.filter(published_at__lte=at or timezone.now())

    def next_release(self, at):
        return self.filter(published_at__gt=at).aggregate(at=Min("published_at"))["at"]
