"""Points as an editor types them: with the comma of German or the point of English."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from news.admin.fields import PointsField
from news.models import Round
from tests.factories import RaceFactory, SeasonFactory
from tests.forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("typed", "kept"), [("0,5", "0.5"), ("0.5", "0.5"), ("25", "25"), ("", None)])
def test_halves_are_typed_with_a_comma_or_a_point(typed, kept):
    field = PointsField(required=False, max_digits=4, decimal_places=2)
    assert field.clean(typed) == (kept and Decimal(kept))


@pytest.mark.parametrize("typed", ["1.234,5", "0,555", "halb"])
def test_what_could_be_another_number_is_asked_for_again(typed):
    with pytest.raises(ValidationError):
        PointsField(max_digits=4, decimal_places=2).clean(typed)


def test_points_are_shown_in_the_way_of_their_editor():
    with override("de"):
        assert PointsField().prepare_value(Decimal("12.500000")) == "12,5"
    with override("en"):
        assert PointsField().prepare_value(Decimal("25.000000")) == "25"


def test_half_points_survive_the_page_of_their_season(admin_client):
    round_ = Round.objects.create(season=SeasonFactory(), race=RaceFactory(), number=1, factor=Decimal("0.5"))
    address = f"/admin/news/season/{round_.season_id}/change/"
    page = admin_client.get(address)
    # A field for numbers would lose the comma in some browsers.
    assert (
        page.context["inline_admin_formsets"][0].formset.forms[0]["factor"].field.widget.input_type == "text"
    )
    assert admin_client.post(address, filled_in(page)).status_code == 302
    round_.refresh_from_db()
    assert round_.factor == Decimal("0.5")
