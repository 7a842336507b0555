"""Races and results as ordinary tables of Django."""

from django.db import models

RACE_KINDS = ("race", "sprint", "qualifying_race")


class Circuit(models.Model):
    name = models.CharField(max_length=100)
    place = models.CharField(max_length=100, blank=True)

    def __str__(self):
        return self.name


class Race(models.Model):
    name = models.CharField(max_length=140)
    name_en = models.CharField(max_length=140, blank=True)
    short_name = models.CharField(max_length=140)
    slug = models.SlugField(max_length=100)
    circuit = models.ForeignKey(Circuit, models.PROTECT, null=True, blank=True)
    layout = models.CharField(max_length=100, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    starters = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/rennen/{self.first_day.year}/{self.slug}/"


class Round(models.Model):
    race = models.ForeignKey(Race, models.CASCADE, related_name="rounds")
    series = models.CharField(max_length=140)
    number = models.PositiveSmallIntegerField()

    def __str__(self):
        return f"{self.series} {self.number}"


class Session(models.Model):
    race = models.ForeignKey(Race, models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=20)
    planned_minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self):
        return f"{self.race}: {self.kind}"


class Driver(models.Model):
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    ours = models.BooleanField(default=False)

    def __str__(self):
        return f"{self.first_name} {self.last_name}"


class Entry(models.Model):
    race = models.ForeignKey(Race, models.CASCADE, related_name="entries")
    number = models.CharField(max_length=10, blank=True)
    team = models.CharField(max_length=140, blank=True)
    car = models.CharField(max_length=140, blank=True)
    car_class = models.CharField(max_length=80, blank=True)
    crew = models.ManyToManyField(Driver, related_name="entries")

    def __str__(self):
        return f"{self.number} {self.car}"

    @property
    def is_ours(self):
        return any(driver.ours for driver in self.crew.all())


class ResultList(models.Model):
    session = models.ForeignKey(Session, models.CASCADE, related_name="lists")
    state = models.CharField(max_length=20)
    source = models.CharField(max_length=200, blank=True)
    remark = models.CharField(max_length=250, blank=True)

    def __str__(self):
        return f"{self.session} ({self.state})"


class Result(models.Model):
    result_list = models.ForeignKey(ResultList, models.CASCADE, related_name="results")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="results")
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    place_in_class = models.PositiveSmallIntegerField(null=True, blank=True)
    grid = models.CharField(max_length=20, blank=True)
    gap = models.CharField(max_length=40, blank=True)
    best_lap = models.CharField(max_length=20, blank=True)
    is_pole = models.BooleanField(default=False)

    class Meta:
        ordering = [models.F("position").asc(nulls_last=True), "pk"]

    def __str__(self):
        return f"{self.position} {self.entry}"
