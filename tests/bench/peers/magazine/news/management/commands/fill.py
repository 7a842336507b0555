"""`fill content.json`: our content in Wagtail's tables, with all renditions that its pages show."""

import json
from pathlib import Path

from django.core.files import File
from django.core.files.images import ImageFile
from django.core.management.base import BaseCommand
from django.utils.dateparse import parse_datetime
from wagtail.models import Locale, Page, Site

from magazine.news.models import (
    GalleryPhoto,
    HomePage,
    NewsIndexPage,
    NewsPage,
    Photo,
    PlainPage,
    SectionPage,
    SiteSettings,
)
from magazine.partners.models import Sponsorship, Tier
from magazine.racing import models as racing

WIDTHS, FORMATS = (360, 480, 800, 1200, 1600, 1920), ("avif", "webp", "jpeg")


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("content", type=Path)

    def handle(self, *, content, **options):
        content = json.loads(content.read_text())
        self.photos = {row["pk"]: self.photo(row) for row in content["photos"]}
        self.partners(content["partners"])
        self.races = self.racing(content)
        self.pages(content)

    def photo(self, row):
        path = Path(row["path"])
        with path.open("rb") as original:
            photo = Photo.objects.create(
                title=path.name,
                file=ImageFile(original, name=f"{row['pk']}{path.suffix}"),
                description=row["alt"],
                caption=row["caption"],
                credit=row["credit"],
            )
        specs = [f"format-{form}|width-{width}" for form in FORMATS for width in WIDTHS]
        photo.get_renditions(*specs, "fill-1200x630|format-jpeg", "width-1600|format-webp")
        return photo

    def partners(self, rows):
        for number, row in enumerate(rows):
            tier = row["tier"]
            tier, _ = Tier.objects.get_or_create(
                name=tier["de"], defaults={"name_en": tier["en"], "order": tier["order"]}
            )
            partner = Sponsorship(tier=tier, order=number, **row["fields"])
            for name in ("logo", "logo_dark"):
                if row[name]:
                    with Path(row[name]).open("rb") as logo:
                        getattr(partner, name).save(Path(row[name]).name, File(logo), save=False)
            partner.save()

    def racing(self, content):
        """{our key of a race: theirs}"""
        kept = {}
        for model, rows in content["racing"].items():
            for row in rows:
                crew = row.pop("crew", [])
                made = getattr(racing, model).objects.create(**row)
                if crew:
                    made.crew.set(crew)
                kept[model, made.pk] = made
        return {key: race for (model, key), race in kept.items() if model == "Race"}

    def pages(self, content):
        Page.objects.filter(depth=2).delete()
        root = Page.objects.get(depth=1)
        root.refresh_from_db()
        indexes, versions = {}, {}
        for code in ("de", "en"):
            locale, _ = Locale.objects.get_or_create(language_code=code)
            home = self.child(root, HomePage, content["site"]["name"], "home", locale, indexes, code)
            if code == "de":
                self.site(home, content["site"])
            index = self.child(home, NewsIndexPage, "News", "news", locale, indexes, code, show_in_menus=True)
            for section in content["sections"]:
                self.child(
                    home, SectionPage, section[code], section["slug"], locale, indexes, code,
                    show_in_menus=section["menu"],
                )  # fmt: skip
            for row in content["articles"]:
                if row["language"] == code:
                    self.article(index, dict(row), locale, versions)
            if code == "de":
                row = content["articles"][0]
                home.add_child(
                    instance=PlainPage(title=row["title"], slug="plain", body=row["body"], locale=locale)
                )

    def child(self, parent, model, title, slug, locale, made, code, **fields):
        page = model(
            title=title, slug=slug if parent.depth > 1 else f"{slug}-{code}", locale=locale, **fields
        )
        if twin := made.get(("de", slug)):
            page.translation_key = twin.translation_key
        made[code, slug] = parent.add_child(instance=page)
        return page

    def site(self, home, about):
        Site.objects.all().delete()
        site = Site.objects.create(hostname="127.0.0.1", port=80, root_page=home, is_default_site=True)
        SiteSettings.objects.create(site=site, **about)

    def article(self, index, row, locale, versions):
        gallery, tags, group = row.pop("gallery"), row.pop("tags"), row.pop("group")
        lead, race, published_at = row.pop("lead"), row.pop("race"), parse_datetime(row.pop("published_at"))
        del row["language"]
        page = NewsPage(
            locale=locale,
            lead_photo=self.photos.get(lead),
            race=self.races.get(race),
            published_at=published_at,
            first_published_at=published_at,
            last_published_at=published_at,
            **row,
        )
        page.translation_key = versions.setdefault(group, page.translation_key)
        page.gallery = [GalleryPhoto(photo=self.photos[key], sort_order=n) for n, key in enumerate(gallery)]
        page.tags.add(*tags)
        index.add_child(instance=page)
