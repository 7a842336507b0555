"""Rows for tests: each factory fills in what the test is not about."""

import itertools
from datetime import date, timedelta
from io import BytesIO

import factory
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from news import models as news
from news.derived import results_changed
from sponsors import models as sponsors

NUMBERS = itertools.count()


def picture_file(name="photo.jpg", size=(1200, 800), colour="#d63c12", form="JPEG", **how):
    """An upload as a browser sends it; no two are the same picture."""
    out, image, number = BytesIO(), Image.new("RGB", size, colour), next(NUMBERS)
    for bit in range(16):
        image.paste("#fff" if number >> bit & 1 else "#000", (16 * bit, 0, 16 * bit + 16, 16))
    image.save(out, form, **how)
    return SimpleUploadedFile(name, out.getvalue(), content_type=f"image/{form.lower()}")


class PhotoFactory(DjangoModelFactory):
    class Meta:
        model = news.Photo
        skip_postgeneration_save = True

    file = factory.LazyFunction(picture_file)
    alt_de = factory.Sequence(lambda n: f"Auto Nummer {n} in der Boxengasse")
    alt_en = factory.Sequence(lambda n: f"Car number {n} in the pit lane")
    credit = "Foto: Erika Muster"

    @factory.post_generation
    def renditions(photo, create, wanted, **kwargs):
        """`PhotoFactory(renditions=True)` also makes the sizes; most tests need none."""
        if create and wanted:
            photo.make_renditions()


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = news.Article

    headline = factory.Sequence(lambda n: f"Bericht Nummer {n}")
    dateline = "Leimen"
    teaser = "Ein Teaser."
    body = "<p>Der Text des Berichts.</p>"
    stage = news.Article.Stage.RELEASED
    published_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))


class ShareLinkFactory(DjangoModelFactory):
    class Meta:
        model = news.ShareLink

    article = factory.SubFactory(ArticleFactory, stage=news.Article.Stage.WRITING, published_at=None)
    name = "Jens Klingmann"
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class TagFactory(DjangoModelFactory):
    class Meta:
        model = news.Tag

    name_de = factory.Sequence(lambda n: f"Schlagwort {n}")
    name_en = factory.Sequence(lambda n: f"Tag {n}")
    slug = factory.Sequence(lambda n: f"tag-{n}")


class PageFactory(DjangoModelFactory):
    class Meta:
        model = news.Page

    slug = factory.Sequence(lambda n: f"seite-{n}")
    title_de = factory.Sequence(lambda n: f"Seite {n}")
    title_en = factory.Sequence(lambda n: f"Page {n}")
    body_de = "<p>Der Text der Seite.</p>"
    body_en = "<p>The text of the page.</p>"


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = news.Series

    name = factory.Sequence(lambda n: f"Serie {n}")


class SeasonFactory(DjangoModelFactory):
    class Meta:
        model = news.Season

    series = factory.SubFactory(SeriesFactory)
    year = 2014


class CircuitFactory(DjangoModelFactory):
    class Meta:
        model = news.Circuit

    name = factory.Sequence(lambda n: f"Ring {n}")
    country = "DE"
    time_zone = "Europe/Berlin"


class RaceFactory(DjangoModelFactory):
    class Meta:
        model = news.Race

    name = factory.Sequence(lambda n: f"Rennen {n}")
    circuit = factory.SubFactory(CircuitFactory)
    first_day = date(2014, 4, 6)
    last_day = factory.SelfAttribute("first_day")


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = news.Session

    race = factory.SubFactory(RaceFactory)
    kind = news.Session.Kind.RACE


class PointSchemeFactory(DjangoModelFactory):
    class Meta:
        model = news.PointScheme

    name = factory.Sequence(lambda n: f"Punktesystem {n}")
    positions = "25, 18, 15, 12, 10, 8, 6, 4, 2, 1"


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = news.Team

    name = factory.Sequence(lambda n: f"Team {n}")


class DriverFactory(DjangoModelFactory):
    class Meta:
        model = news.Driver

    first_name = "Erika"
    last_name = factory.Sequence(lambda n: f"Muster{n}")
    country = "DE"


class EntryFactory(DjangoModelFactory):
    class Meta:
        model = news.Entry
        skip_postgeneration_save = True

    race = factory.SubFactory(RaceFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    team = factory.SubFactory(TeamFactory)
    car = "BMW Z4 GT3"

    @factory.post_generation
    def drivers(entry, create, drivers, **kwargs):
        """`EntryFactory(drivers=[a, b])` seats a crew in this order."""
        for order, driver in enumerate(drivers or []):
            news.Crew.objects.create(entry=entry, driver=driver, order=order)


class ClassificationFactory(DjangoModelFactory):
    class Meta:
        model = news.Classification

    session = factory.SubFactory(SessionFactory)


class ResultFactory(DjangoModelFactory):
    class Meta:
        model = news.Result
        skip_postgeneration_save = True

    classification = factory.SubFactory(ClassificationFactory)
    entry = factory.SubFactory(EntryFactory, race=factory.SelfAttribute("..classification.session.race"))
    position = 2

    @factory.post_generation
    def follows(result, create, value, **kwargs):
        """What follows from the list stands in the row, as after every way of entering results."""
        if create:
            results_changed([result.classification.session.race_id])
            result.refresh_from_db()


class ResultImportFactory(DjangoModelFactory):
    class Meta:
        model = news.ResultImport

    session = factory.SubFactory(SessionFactory)
    classification = factory.SubFactory(ClassificationFactory, session=factory.SelfAttribute("..session"))
    target = factory.LazyAttribute(lambda log: str(log.session))
    file_name = "03_Results.CSV"
    checksum = "0" * 64
    provider = news.ResultImport.Provider.ALKAMEL
    messages = ["#89: 18 → 26"]
    footprint = {"made": {}, "before": {}}


class StandingFactory(DjangoModelFactory):
    class Meta:
        model = news.Standing

    season = factory.SubFactory(SeasonFactory)
    driver = factory.SubFactory(DriverFactory)
    position = 1


def logo_file(name="logo.svg"):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40"><path d="M0 0h200v40H0z"/></svg>'
    return SimpleUploadedFile(name, drawing, content_type="image/svg+xml")


class TierFactory(DjangoModelFactory):
    class Meta:
        model = sponsors.Tier

    name_de = factory.Sequence(lambda n: f"Partner Stufe {n}")
    name_en = factory.Sequence(lambda n: f"Partners tier {n}")
    order = factory.Sequence(int)


class SponsorFactory(DjangoModelFactory):
    class Meta:
        model = sponsors.Sponsor

    name = factory.Sequence(lambda n: f"Partner {n}")
    slug = factory.Sequence(lambda n: f"partner-{n}")
    logo = factory.LazyFunction(logo_file)
    website = "https://partner.example/"


class SponsorshipFactory(DjangoModelFactory):
    class Meta:
        model = sponsors.Sponsorship

    sponsor = factory.SubFactory(SponsorFactory)
    tier = factory.SubFactory(TierFactory)
    starts_on = date(2014, 1, 1)


def member(role, name="", **fields):
    """Somebody of the newsroom, called like their role unless they have a name; `staff` may sign in and do nothing."""
    name = name or role.lower()
    user = User.objects.create_user(name, **{"email": f"{name}@example.org"} | fields, is_staff=True)
    if role != "staff":
        user.groups.add(Group.objects.get(name=role))
    return user
