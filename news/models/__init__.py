from news.models.addresses import FormerAddress
from news.models.articles import Article, GalleryPhoto, Tag
from news.models.circuits import Circuit, Layout
from news.models.entries import Crew, Driver, DriverFact, Entry, Team, TeamName
from news.models.pages import Page
from news.models.photos import Photo, Rendition
from news.models.races import Race, Session
from news.models.results import Classification, Result, Standing
from news.models.seasons import Round, Season, Series

__all__ = [
    "Article",
    "Circuit",
    "Classification",
    "Crew",
    "Driver",
    "DriverFact",
    "Entry",
    "FormerAddress",
    "GalleryPhoto",
    "Layout",
    "Page",
    "Photo",
    "Race",
    "Rendition",
    "Result",
    "Round",
    "Season",
    "Series",
    "Session",
    "Standing",
    "Tag",
    "Team",
    "TeamName",
]
