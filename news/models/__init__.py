from news.models.addresses import FormerAddress
from news.models.archivedmonths import ArchivedMonth
from news.models.articles import Article
from news.models.circuits import Circuit, Layout
from news.models.contradictions import Contradiction
from news.models.corrections import Correction
from news.models.drafts import OpenForm, RollingDraft
from news.models.drivers import Driver, DriverAlias, DriverFact
from news.models.entries import Crew, Entry
from news.models.galleries import BodyPhoto, GalleryPhoto
from news.models.imports import ResultImport
from news.models.loose import LooseFile
from news.models.milestones import Milestone
from news.models.pages import Page
from news.models.photos import Photo
from news.models.races import Race
from news.models.renditions import Rendition
from news.models.results import Classification, Result
from news.models.seasons import Round, Season, Series
from news.models.sessions import Session
from news.models.shares import Answer, ShareLink
from news.models.sitemapchanges import SitemapChange
from news.models.standings import PointScheme, Standing
from news.models.steps import Step
from news.models.tags import Tag
from news.models.teams import Team, TeamAlias, TeamName

__all__ = [
    "Answer",
    "ArchivedMonth",
    "Article",
    "BodyPhoto",
    "Circuit",
    "Classification",
    "Contradiction",
    "Correction",
    "Crew",
    "Driver",
    "DriverAlias",
    "DriverFact",
    "Entry",
    "FormerAddress",
    "GalleryPhoto",
    "Layout",
    "LooseFile",
    "Milestone",
    "OpenForm",
    "Page",
    "Photo",
    "PointScheme",
    "Race",
    "Rendition",
    "Result",
    "ResultImport",
    "RollingDraft",
    "Round",
    "Season",
    "Series",
    "Session",
    "ShareLink",
    "SitemapChange",
    "Standing",
    "Step",
    "Tag",
    "Team",
    "TeamAlias",
    "TeamName",
]
