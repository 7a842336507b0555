"""A site that has just begun: no page speaks of what is not there."""

import re

import pytest

from driversite.models import SiteProfile
from tests.factories import ArticleFactory, DriverFactory, PhotoFactory, SponsorshipFactory

pytestmark = pytest.mark.django_db


def main(client, address):
    return re.sub(r"\s+", " ", client.get(address).text.split("<main", 1)[1].split("</main>")[0])


def test_a_gallery_without_pictures_counts_none(client):
    assert "Bilder. Zum Vergrößern" not in main(client, "/galerie/")
    ArticleFactory(lead_photo=PhotoFactory())
    assert "Ein Bild. Zum Vergrößern" in main(client, "/galerie/")


def test_nobody_is_thanked_where_there_is_no_partner(client):
    assert "Niemand fährt allein" not in main(client, "/partner/")
    assert "<p></p>" not in main(client, "/partner/")
    SponsorshipFactory()
    assert "Niemand fährt allein" in main(client, "/partner/")


@pytest.mark.parametrize("address", ["/fahrer/", "/presse/"])
def test_a_fact_sheet_needs_a_fact(client, address):
    driver = DriverFactory(ours=True)
    assert "Steckbrief" not in main(client, address)
    driver.hometown = "Leimen"
    driver.save()
    sheet = main(client, address).split("Steckbrief", 1)[1]
    assert "<dt>Wohnort</dt><dd>Leimen</dd>" in sheet


@pytest.mark.parametrize(
    ("name", "is_long"), [("Jens Klingmann", False), ("Freiherr von Müller-Lüdenscheidt", True)]
)
def test_a_long_name_is_set_smaller_in_the_head_and_in_the_foot(client, name, is_long):
    SiteProfile.objects.update_or_create(pk=1, defaults={"name": name})
    page = client.get("/").text
    assert ('class="brand is-long"' in page) == is_long and ('<b class="is-long">' in page) == is_long
