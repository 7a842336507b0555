"""What the list of photos can be narrowed to."""

from datetime import timedelta

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, Max, Min, OuterRef
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from news.models import Photo, Race

SOON = timedelta(days=30)


class Lacking(SimpleListFilter):
    """What an editor has to add before a photo can go out."""

    title = _("still to do")
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        languages = [(code, get_language_info(code)["name_translated"]) for code, _name in settings.LANGUAGES]
        return [
            ("credit", _("no credit")),
            ("original", _("original lost")),
            *(
                (f"alt_{code}", _("no alt text: %(language)s") % {"language": name})
                for code, name in languages
            ),
        ]

    def queryset(self, request, photos):
        if self.value() not in dict(self.lookup_choices):
            return photos
        if self.value() == "credit":
            return photos.without_credit()
        if self.value() == "original":
            return photos.lost()
        return photos.without_alt(self.value().removeprefix("alt_"))


class LicenceEnd(SimpleListFilter):
    title = _("licence")
    parameter_name = "licence"

    def lookups(self, request, model_admin):
        return [("ending", _("ends within 30 days")), ("ended", _("ended"))]

    def queryset(self, request, photos):
        if self.value() == "ending":
            return photos.ending_by(timezone.localdate() + SOON)
        return photos.ended() if self.value() == "ended" else photos


class InUse(SimpleListFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [
            ("no", _("never used")),
            ("yes", _("used")),
            ("press", _("free for press")),
            ("gone", _("taken down")),
        ]

    def queryset(self, request, photos):
        match self.value():
            case "no":
                return photos.unused()
            case "yes":
                return photos.used()
            case "press":
                return photos.for_press()
            case "gone":
                return photos.taken_down()


class Mine(SimpleListFilter):
    title = _("uploaded")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("yes", _("by me"))]

    def queryset(self, request, photos):
        return photos.uploaded_by(request.user) if self.value() == "yes" else photos


class YearTaken(SimpleListFilter):
    """Asks for the first and the last day only."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        ends = Photo.objects.aggregate(first=Min("taken_on"), last=Max("taken_on"))
        if not ends["first"]:
            return []
        years = range(ends["last"].year, ends["first"].year - 1, -1)
        return [(str(year), str(year)) for year in years]

    def queryset(self, request, photos):
        known = dict(self.lookup_choices)
        return photos.filter(taken_on__year=self.value()) if self.value() in known else photos


class RaceShown(SimpleListFilter):
    """The newest races that have photos, and the one that is chosen."""

    title = _("race")
    parameter_name = "race"
    SHORT = 15

    def lookups(self, request, model_admin):
        with_photos = Race.objects.filter(Exists(Photo.objects.filter(race=OuterRef("pk"))))
        races = list(with_photos.order_by("-first_day", "-pk")[: self.SHORT])
        if (chosen := self.value() or "").isdecimal() and chosen not in {str(race.pk) for race in races}:
            races += with_photos.filter(pk=chosen)
        return [(str(race.pk), f"{race.short} {race.first_day.year}") for race in races]

    def queryset(self, request, photos):
        known = dict(self.lookup_choices)
        return photos.filter(race=self.value()) if self.value() in known else photos
