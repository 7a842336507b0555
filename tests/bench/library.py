"""What the photo library costs with 10,000 photos that 50,000 articles show, as a table.

Queries are the same on every machine; the milliseconds are this machine's.
"""

from contextlib import contextmanager
from datetime import date, timedelta

from django.apps import apps
from django.test import Client
from django.utils import timezone

from tests.bench.pages import asked_for, row
from tests.bench.table import Row, tell
from tests.demosite import demo_site

PHOTOS, ARTICLES = 10_000, 50_000
LIST = "/admin/news/photo/"
ASKED = {
    "the library": LIST,
    "its last page": f"{LIST}?p={PHOTOS // 60}",
    "a word": f"{LIST}?q=Nummer",
    "no credit": f"{LIST}?lacks=credit",
    "no English words": f"{LIST}?lacks=alt_en",
    "never used": f"{LIST}?used=no",
    "used": f"{LIST}?used=yes",
    "a year": f"{LIST}?year=2014",
    "the gallery": "/galerie/",
    "its last page, for visitors": "/galerie/?page=999",
}


def fill():
    """Rows without files: a list shows addresses only."""
    models = ("Race", "Photo", "Rendition", "Article", "GalleryPhoto")
    Race, Photo, Rendition, Article, GalleryPhoto = (apps.get_model("news", name) for name in models)
    races = list(Race.objects.values_list("pk", flat=True))
    photos = Photo.objects.bulk_create(
        Photo(
            file=f"photos/{n}/original.jpg",
            checksum=f"{n:064d}",
            width=1600,
            height=1000,
            credit="Foto: Erika Muster" if n % 10 else "",
            alt_de=f"Auto Nummer {n}",
            alt_en="Car" if n % 4 else "",
            taken_on=date(2005, 1, 1) + timedelta(days=n % 7000),
            race_id=races[n % len(races)],
        )
        for n in range(PHOTOS)
    )
    Rendition.objects.bulk_create(
        Rendition(
            photo=photo,
            format=form,
            width=width,
            height=width,
            state="ready",
            file=f"photos/{photo.pk}/{width}.{form}",
        )
        for photo in photos
        for form in ("avif", "webp", "jpeg")
        for width in (480, 800, 1200)
    )
    now = timezone.now()
    articles = Article.objects.bulk_create(
        Article(
            headline=f"Bericht {n}",
            slug=f"bericht-{n}",
            stage=Article.Stage.RELEASED,
            published_at=now - timedelta(hours=n),
            body="<p>Der Text.</p>",
            lead_photo=photos[n * 7 % (PHOTOS // 2)],
        )
        for n in range(ARTICLES)
    )
    GalleryPhoto.objects.bulk_create(
        GalleryPhoto(article=article, photo=photos[article.pk * 3 % PHOTOS]) for article in articles[::3]
    )


@contextmanager
def filled():
    """A client of the editor, on a site with all of this."""
    with demo_site():
        fill()
        client = Client()
        client.force_login(apps.get_model("auth.User").objects.get(username="editor"))
        yield client


def rows():
    with filled() as client:
        most = max(asked_for(client, address)[1] for address in ASKED.values())
    yield Row(f"queries of the photo library with {PHOTOS:,} photos, at most", f"{most}")


def main():
    with filled() as client:
        print("\n| Asked for | Status | Queries | HTML, bytes | HTML, gzip | ms |")
        print("|---|--:|--:|--:|--:|--:|")
        for what, address in ASKED.items():
            print(f"| {what} | {row(client, address)} |")


if __name__ == "__main__":
    tell(rows, details=main)
