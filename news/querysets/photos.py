"""Questions about photos; `showable` is the one answer to which may stand on a page at all."""

import re
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone


def shown_by(articles, pages):
    """Whether one of these articles or pages shows the photo. Each way is asked for by itself, so that its index
    answers."""
    photo = OuterRef("pk")
    ways = (
        articles.filter(lead_photo=photo),
        articles.filter(gallery=photo),
        articles.filter(body_photos=photo),
    )
    return reduce(or_, (Q(Exists(rows)) for rows in (*ways, pages.filter(body_photos=photo))))


class PhotoQuerySet(QuerySet):
    def licensed(self, on=None):
        """Photos whose licence has not ended on this day."""
        return self.filter(Q(licence_ends_on=None) | Q(licence_ends_on__gte=on or timezone.localdate()))

    def showable(self, on=None):
        """Photos that may be shown on this day: licensed, with a credit, neither taken down nor put away. One whose
        licence was renewed is back a moment later, with its files."""
        return self.licensed(on).present().filter(withheld_at=None).exclude(credit="")

    def out_of_place(self, on=None):
        """Photos whose files lie where visitors may get them and must not, or the other way round. Two questions, so
        that an index answers each: they are asked every second."""
        on = on or timezone.localdate()
        there = self.present().exclude(file="").order_by("licence_ends_on")
        to_put_back = there.licensed(on).filter(withheld_at__isnull=False)
        return there.filter(withheld_at=None, licence_ends_on__lt=on), to_put_back

    def public(self, at=None):
        """Showable photos that a public article or page shows, or that the press may take."""
        articles = apps.get_model("news.Article").objects.public(at)
        pages = apps.get_model("news.Page").objects.public(at)
        day = timezone.localdate(at) if at else None
        return self.showable(day).filter(Q(for_press=True) | shown_by(articles, pages))

    def next_licence_end(self, on):
        """The last day of the licence that ends next, from this day on."""
        return self.present().filter(licence_ends_on__gte=on).aggregate(day=Min("licence_ends_on"))["day"]

    def of_article(self, article, others=()):
        """Those of the gallery, with their place in it (`gallery_place`), and these others: one question."""
        rows = apps.get_model("news.GalleryPhoto").objects.filter(article=article)
        place = rows.filter(photo=OuterRef("pk")).values("order")
        return (
            self.filter(Q(pk__in=rows.values("photo")) | Q(pk__in=others))
            .annotate(gallery_place=Subquery(place[:1]), gallery_row=Subquery(place.values("pk")[:1]))
            .order_by("gallery_place", "gallery_row", "pk")
        )

    def for_press(self):
        return self.filter(for_press=True)

    def newest_first(self):
        return self.order_by("-taken_on", "-pk")

    def present(self):
        """Photos whose files are here: not taken down."""
        return self.filter(taken_down_at=None)

    def taken_down(self):
        return self.exclude(taken_down_at=None)

    def of_file(self, path):
        """Whose file this address was: its folder is named after the picture."""
        folder = path.split("/")[2:3]
        known = folder and re.fullmatch("([0-9a-f]{24})-[a-z0-9]+", folder[0])
        return self.filter(checksum__startswith=known[1]) if known else self.none()

    def same_picture(self, photo):
        """Other photos with the same picture: the same file, or another file that becomes the same."""
        same = Q(checksum=photo.checksum) | Q(upload_checksum=photo.upload_checksum)
        return self.filter(same).exclude(checksum="").exclude(pk=photo.pk)

    def ending_by(self, day, on=None):
        """Photos whose licence ends until that day; what has ended already is no news."""
        return self.licensed(on).present().filter(licence_ends_on__lte=day).order_by("licence_ends_on")

    def ended(self, on=None):
        """Photos whose licence has ended."""
        return self.filter(licence_ends_on__lt=on or timezone.localdate())

    def lost(self):
        """Photos whose original is missing or damaged, and could be uploaded again."""
        return self.present().exclude(lost_at=None)

    def without_credit(self):
        return self.present().filter(credit="")

    def without_alt(self, language):
        """Photos that say nothing in this language to those who cannot see them."""
        return self.present().filter(**{f"alt_{language}": ""}, decorative=False)

    def used(self):
        """Shown by an article in any stage, a portrait, or free for the press."""
        articles = apps.get_model("news.Article").objects.all()
        pages = apps.get_model("news.Page").objects.all()
        drivers = apps.get_model("news.Driver").objects.filter(portrait=OuterRef("pk"))
        return self.filter(Q(for_press=True) | shown_by(articles, pages) | Q(Exists(drivers)))

    def unused(self):
        return self.present().exclude(pk__in=self.model.objects.used().order_by().values("pk"))

    def uploaded_by(self, user):
        return self.filter(uploaded_by=user)

    def delete(self):
        """With their files, once the database has let go of them."""
        with transaction.atomic():
            names = list(self.order_by().select_for_update().values_list("file", flat=True))
            self.model.drop_folders(names)
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True
