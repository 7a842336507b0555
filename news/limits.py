"""What no value of the field can be: a mistyped year must not reach a calendar that others subscribe to. Pure."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

OUR_YEARS = range(1900, 2101)
TIMES = [MaxValueValidator(100 * 60 * 60 * 1000 - 1)]
MINUTES = [MaxValueValidator(14 * 24 * 60)]
MOST_LAPS, MOST_PLACES = 9999, 999
LAPS = [MaxValueValidator(MOST_LAPS)]
PLACES = [MaxValueValidator(MOST_PLACES)]
COUNTRY = [RegexValidator(r"^[A-Z]{2}$", _("Write the country in two capital letters, such as DE."))]
POINTS_BY_PLACE = [
    RegexValidator(
        r"^\s*\d+(\.\d+)?(\s*,\s*\d+(\.\d+)?)*\s*$",
        _("Write the points of each place with commas between them: 25, 18, 15. Half a point is 0.5."),
    )
]
COUNTED = [
    RegexValidator(
        r"^\s*\d+(\s*/\s*\d+(\s*,\s*\d+\s*/\s*\d+)*)?\s*$",
        _("Write 11 for “the best eleven results count” or 6/8, 6/7 for two halves of a season."),
    )
]


def in_our_time(value):
    """A day, an instant or a year between 1900 and 2100."""
    year = value.year if isinstance(value, date) else value
    if year not in OUR_YEARS:
        raise ValidationError(
            _("The year %(year)d lies outside %(first)d to %(last)d. Check how it is typed."),
            params={"year": year, "first": OUR_YEARS[0], "last": OUR_YEARS[-1]},
        )
