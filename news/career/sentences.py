"""What can be said of a career, in words: a sentence for each kind of fact and each number. `race` and `day` are
those of the race that it is about."""

from django.utils.translation import gettext_lazy as _

FIRST = {
    "starts": _("First start on record: %(race)s, %(day)s."),
    "wins": _("First win on record: %(race)s, %(day)s."),
    "podiums": _("First podium on record: %(race)s, %(day)s."),
    "poles": _("First pole position on record: %(race)s, %(day)s."),
    "fastest-laps": _("First fastest lap on record: %(race)s, %(day)s."),
    "class-wins": _("First class win on record: %(race)s, %(day)s."),
    "class-podiums": _("First class podium on record: %(race)s, %(day)s."),
}
LATEST = {
    "wins": _("Latest win: %(race)s, %(day)s."),
    "podiums": _("Latest podium: %(race)s, %(day)s."),
    "poles": _("Latest pole position: %(race)s, %(day)s."),
    "fastest-laps": _("Latest fastest lap: %(race)s, %(day)s."),
    "class-wins": _("Latest class win: %(race)s, %(day)s."),
    "class-podiums": _("Latest class podium: %(race)s, %(day)s."),
}
NUMBER = {
    "starts": _("Start number %(n)d: %(race)s, %(day)s."),
    "wins": _("Win number %(n)d: %(race)s, %(day)s."),
    "podiums": _("Podium number %(n)d: %(race)s, %(day)s."),
    "poles": _("Pole position number %(n)d: %(race)s, %(day)s."),
    "fastest-laps": _("Fastest lap number %(n)d: %(race)s, %(day)s."),
    "class-wins": _("Class win number %(n)d: %(race)s, %(day)s."),
    "class-podiums": _("Class podium number %(n)d: %(race)s, %(day)s."),
}
AHEAD = {
    "starts": _("%(race)s, %(day)s, can bring start number %(n)d."),
    "wins": _("%(race)s, %(day)s, can bring win number %(n)d."),
    "podiums": _("%(race)s, %(day)s, can bring podium number %(n)d."),
    "poles": _("%(race)s, %(day)s, can bring pole position number %(n)d."),
    "fastest-laps": _("%(race)s, %(day)s, can bring fastest lap number %(n)d."),
    "class-wins": _("%(race)s, %(day)s, can bring class win number %(n)d."),
    "class-podiums": _("%(race)s, %(day)s, can bring class podium number %(n)d."),
}
START_AHEAD = _("%(race)s, %(day)s, is to be start number %(n)d.")
RUN = {
    "finishes": _("%(n)d finishes in a row, from %(first)s, %(day)s, to %(race)s, %(last_day)s."),
    "no-retirements": _(
        "%(n)d starts without a retirement, from %(first)s, %(day)s, to %(race)s, %(last_day)s."
    ),
    "podiums": _("%(n)d podiums in a row, from %(first)s, %(day)s, to %(race)s, %(last_day)s."),
    "top-ten": _(
        "%(n)d times among the first ten in a row, from %(first)s, %(day)s, to %(race)s, %(last_day)s."
    ),
}
LONGEST = {
    "finishes": _("Longest run of finishes: %(n)d, from %(first)s, %(day)s, to %(race)s, %(last_day)s."),
    "no-retirements": _(
        "Longest run without a retirement: %(n)d starts, from %(first)s, %(day)s, to %(race)s, %(last_day)s."
    ),
    "podiums": _("Longest run of podiums: %(n)d, from %(first)s, %(day)s, to %(race)s, %(last_day)s."),
    "top-ten": _(
        "Longest run among the first ten: %(n)d races, from %(first)s, %(day)s, to %(race)s, %(last_day)s."
    ),
}
GOES_ON = {
    "finishes": _("%(n)d finishes in a row so far, since %(first)s, %(day)s."),
    "no-retirements": _("%(n)d starts in a row so far without a retirement, since %(first)s, %(day)s."),
    "podiums": _("%(n)d podiums in a row so far, since %(first)s, %(day)s."),
    "top-ten": _("%(n)d times in a row so far among the first ten, since %(first)s, %(day)s."),
}
YEARS = _("%(n)d years in %(year)d since the first start on record: %(race)s, %(day)s.")
NEVER_BETTER = _("Never better: place %(n)d in %(race)s, %(day)s, is the best finish so far.")
AS_GOOD = _("As good as ever: place %(n)d in %(race)s, %(day)s, equals the best finish so far.")
STARTS_HERE = _("Recorded starts at %(circuit)s before this race: %(n)d.")
BEST_HERE = _("Best recorded finish at %(circuit)s before this race: place %(n)d, %(race)s, %(day)s.")
