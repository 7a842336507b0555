"""Questions about articles, photos and pages; `public` is the one answer to what a visitor may see."""

from django.apps import apps
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.utils import timezone


class ArticleQuerySet(QuerySet):
    def public(self, at=None):
        """What a visitor may see at this instant: released, its time reached, not expired."""
        at = at or timezone.now()
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), stage="released", published_at__lte=at)

    def in_language(self, language):
        return self.filter(language=language)

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def about(self, race):
        return self.filter(race=race)

    def versions_of(self, article):
        """The other languages of the same article."""
        return self.filter(translation_group=article.translation_group).exclude(pk=article.pk)

    def with_pictures(self):
        """With all that a card or a page head shows, at a fixed number of queries."""
        return self.select_related("race", "lead_photo").prefetch_related("lead_photo__renditions")

    def related_to(self, article):
        """Of the same race, else with a tag in common; the same race first, then the newest."""
        same_race = Q(race=article.race_id) if article.race_id else Q(pk__in=[])
        same_tag = Q(pk__in=self.model.objects.filter(tags__in=article.tags.all()).values("pk"))
        return self.filter(same_race | same_tag).order_by(
            Case(When(same_race, then=0), default=1, output_field=IntegerField()), "-published_at", "-pk"
        )

    def search(self, text):
        """Every word somewhere in the article; words are parted by blanks."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(headline__icontains=word)
                | Q(teaser__icontains=word)
                | Q(body_text__icontains=word)
                | Q(dateline__icontains=word)
            )
        return found

    def before(self, article):
        return self.filter(
            Q(published_at__lt=article.published_at) | Q(published_at=article.published_at, pk__lt=article.pk)
        ).newest_first()

    def after(self, article):
        return self.filter(
            Q(published_at__gt=article.published_at) | Q(published_at=article.published_at, pk__gt=article.pk)
        ).order_by("published_at", "pk")

    def lead(self):
        """Pinned first, then the newest: what stands on top of the home page."""
        return self.order_by("-pinned", "-published_at", "-pk")


class PhotoQuerySet(QuerySet):
    def licensed(self, on=None):
        """Photos that may still be shown on this day."""
        return self.filter(Q(licence_ends_on=None) | Q(licence_ends_on__gte=on or timezone.localdate()))

    def public(self, at=None):
        """Licensed photos that a public article shows, or that the press may take."""
        articles = apps.get_model("news.Article").objects.public(at)
        shown = Exists(articles.filter(Q(lead_photo=OuterRef("pk")) | Q(gallery=OuterRef("pk"))))
        day = timezone.localdate(at) if at else None
        return self.licensed(day).filter(Q(for_press=True) | Q(shown))

    def for_press(self):
        return self.filter(for_press=True)

    def newest_first(self):
        return self.order_by("-taken_on", "-pk")


class PageQuerySet(QuerySet):
    def public(self, at=None):
        """Pages whose time has come."""
        return self.filter(published_at__lte=at or timezone.now())


class FormerAddressQuerySet(QuerySet):
    def remember(self, target, paths):
        """Keep these addresses for the target; whoever held one before loses it."""
        for path in paths:
            self.update_or_create(
                path=path, defaults={"article": None, "race": None, "page": None, target._meta.model_name: target}
            )

    def forget(self, paths):
        """An address in use again is no former one."""
        self.filter(path__in=paths).delete()
