"""The content of our demo as plain data, for the site to compare with: the same texts, pictures, races and partners."""

from django.apps import apps
from django.core.files.storage import default_storage
from django.utils.translation import override

from news.blocks import BOX, MARK
from news.times import format_gap, format_time

# What the menus and the footer lead to.
SECTIONS = [
    ("kalender", "Kalender", "Calendar", True),
    ("ergebnisse", "Ergebnisse", "Results", True),
    ("fahrer", "Fahrer", "Driver", True),
    ("galerie", "Galerie", "Gallery", True),
    ("partner", "Partner", "Partners", True),
    ("presse", "Presse", "Press", True),
    ("suche", "Suche", "Search", True),
    ("impressum", "Impressum", "Imprint", False),
    ("datenschutz", "Datenschutz", "Privacy", False),
    ("barrierefreiheit", "Barrierefreiheit", "Accessibility", False),
    ("cookies", "Cookie-Einstellungen", "Cookie settings", False),
]


def model(name):
    return apps.get_model(name if "." in name else f"news.{name}").objects


def content():
    with override("de"):
        return {
            "site": _site(),
            "sections": [
                {"slug": slug, "de": german, "en": english, "menu": menu}
                for slug, german, english, menu in SECTIONS
            ],
            "photos": [_photo(photo) for photo in model("Photo").order_by("pk")],
            "partners": [_partner(each) for each in model("sponsors.Sponsorship").public()],
            "racing": _racing(),
            "articles": [_article(article) for article in model("Article").public().order_by("pk")],
        }


def _site():
    profile = apps.get_model("driversite.SiteProfile").current()
    links = {link["name"].lower(): link["url"] for link in profile.links}
    return {"name": profile.name, "footer": profile.footer} | {
        name: links.get(name, "") for name in ("instagram", "facebook", "youtube")
    }


def _photo(photo):
    return {
        "pk": photo.pk,
        "path": default_storage.path(photo.file.name),
        "alt": photo.alt_text,
        "caption": photo.caption,
        "credit": photo.credit,
    }


def _partner(sponsorship):
    sponsor, tier = sponsorship.sponsor, sponsorship.tier
    width, height = sponsor.mark_size
    return {
        "tier": {"de": tier.name_de, "en": tier.name_en, "order": tier.order},
        "logo": sponsor.logo.path,
        "logo_dark": sponsor.logo_dark.path if sponsor.logo_dark else None,
        "fields": {
            "name": sponsor.name,
            "website": sponsor.website,
            "width": width,
            "height": height,
            "starts_on": str(sponsorship.starts_on),
            "ends_on": sponsorship.ends_on and str(sponsorship.ends_on),
        },
    }


def _racing():
    """Rows of their tables; ours with the same keys."""
    lists = model("Classification").current().select_related("session")
    lines = model("Result").current().with_entry()
    return {
        "Circuit": [
            {"pk": each.pk, "name": each.name, "place": each.place} for each in model("Circuit").all()
        ],
        "Race": [_race(race) for race in model("Race").with_place().order_by("pk")],
        "Round": [
            {"race_id": each.race_id, "series": str(each.season.series), "number": each.number}
            for each in model("Round").select_related("season__series")
        ],
        "Session": [
            {
                "pk": each.pk,
                "race_id": each.race_id,
                "kind": each.kind,
                "planned_minutes": each.planned_minutes,
            }
            for each in model("Session").order_by("pk")
        ],
        "Driver": [
            {"pk": each.pk, "first_name": each.first_name, "last_name": each.last_name, "ours": each.ours}
            for each in model("Driver").order_by("pk")
        ],
        "Entry": [_entry(entry) for entry in model("Entry").with_crew().order_by("pk")],
        "ResultList": [
            {
                "pk": each.pk,
                "session_id": each.session_id,
                "state": each.get_state_display(),
                "source": each.source,
                "remark": each.remark,
            }
            for each in lists.order_by("pk")
        ],
        "Result": [_result(line) for line in lines.order_by("pk")],
    }


def _race(race):
    return {
        "pk": race.pk,
        "name": race.name,
        "name_en": race.name_en,
        "short_name": race.short,
        "slug": race.slug,
        "circuit_id": race.circuit_id,
        "layout": race.layout.name if race.layout else "",
        "first_day": str(race.first_day),
        "last_day": str(race.last_day),
        "starters": race.starters,
    }


def _entry(entry):
    return {
        "pk": entry.pk,
        "race_id": entry.race_id,
        "number": entry.number,
        "team": entry.team_name,
        "car": entry.car,
        "car_class": entry.car_class,
        "crew": [driver.pk for driver in entry.crew_drivers],
    }


def _result(line):
    return {
        "result_list_id": line.classification_id,
        "entry_id": line.entry_id,
        "position": line.position,
        "place_in_class": line.place_in_class,
        "grid": line.grid,
        "gap": format_gap(line.behind, "de"),
        "best_lap": format_time(line.best_lap_ms, "de") if line.best_lap_ms else "",
        "is_pole": bool(line.is_pole),
    }


def _article(article):
    """Blocks of ours in a text are left out: there they would be blocks of another kind."""
    return {
        "language": article.language,
        "title": article.headline,
        "slug": article.slug,
        "kind": article.kind,
        "dateline": article.dateline,
        "teaser": article.teaser,
        "byline": article.byline,
        "body": MARK.sub("", BOX.sub("", article.body)),
        "published_at": article.published_at.isoformat(),
        "group": str(article.translation_group),
        "race": article.race_id,
        "lead": article.lead_photo_id,
        "gallery": list(article.gallery_photos.values_list("photo", flat=True)),
        "tags": [tag.name for tag in article.tags.all()],
    }
