"""Every page of the newsroom: opens, saves, costs the same for few rows and many, and is in one language."""

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from cookie_consent.models import Cookie, CookieGroup
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driversite.models import SiteProfile
from news import models as news
from sponsors import models as sponsors
from tests import factories
from tests.forms import complaints, filled_in

pytestmark = pytest.mark.django_db

ROWS = {
    news.Article: lambda: factories.ArticleFactory(
        race=factories.RaceFactory(), lead_photo=factories.PhotoFactory(renditions=True)
    ),
    news.Tag: factories.TagFactory,
    news.Page: factories.PageFactory,
    news.Photo: lambda: factories.PhotoFactory(renditions=True),
    news.Race: lambda: (
        factories.ResultFactory(
            entry__drivers=[factories.DriverFactory(ours=True)]
        ).classification.session.race
    ),
    news.Session: lambda: factories.ResultFactory().classification.session,
    news.Classification: lambda: factories.ResultFactory().classification,
    news.Result: factories.ResultFactory,
    news.Entry: lambda: factories.EntryFactory(
        drivers=[factories.DriverFactory(), factories.DriverFactory()]
    ),
    news.Standing: factories.StandingFactory,
    news.Driver: lambda: factories.DriverFactory(portrait=factories.PhotoFactory(renditions=True)),
    news.Team: factories.TeamFactory,
    news.Circuit: factories.CircuitFactory,
    news.Series: factories.SeriesFactory,
    news.Season: factories.SeasonFactory,
    news.PointScheme: factories.PointSchemeFactory,
    news.ResultImport: factories.ResultImportFactory,
    news.FormerAddress: lambda: news.FormerAddress.objects.create(
        path=f"/news/alt-{news.FormerAddress.objects.count()}/", article=factories.ArticleFactory()
    ),
    news.ShareLink: factories.ShareLinkFactory,
    sponsors.Sponsor: lambda: factories.SponsorshipFactory().sponsor,
    sponsors.Sponsorship: factories.SponsorshipFactory,
    sponsors.Tier: factories.TierFactory,
    SiteProfile: lambda: SiteProfile.objects.create(name="Erika Muster"),
    User: lambda: User.objects.create_user(f"user{User.objects.count()}"),
    Group: lambda: Group.objects.create(name=f"Gruppe {Group.objects.count()}"),
    CookieGroup: lambda: CookieGroup.objects.create(
        varname=f"purpose{CookieGroup.objects.count()}", name="Zweck"
    ),
    Cookie: lambda: Cookie.objects.create(
        name=f"cookie{Cookie.objects.count()}", cookiegroup=CookieGroup.objects.first()
    ),
}
# What must be typed before a new row can be saved; all else the page fills in.
NEW = {
    news.Article: lambda: {"headline": "Von Startplatz elf auf Platz zwei"},
    news.Tag: lambda: {"name_de": "Größe", "name_en": "Size"},
    news.Page: lambda: {"title_de": "Fanclub", "title_en": "Fan club"},
    news.Photo: lambda: {"file": factories.picture_file(), "credit": "Foto: Erika Muster", "alt_de": "Auto"},
    news.Race: lambda: {"name": "Sechs Stunden", "first_day": "2014-04-06"},
    news.Session: lambda: {"race": factories.RaceFactory().pk},
    news.Classification: lambda: {"session": factories.SessionFactory().pk},
    news.Result: lambda: (lambda row: {"classification": row.pk, "entry": entry_of(row).pk})(
        factories.ClassificationFactory()
    ),
    news.Entry: lambda: {"race": factories.RaceFactory().pk, "number": "007"},
    news.Standing: lambda: {"season": factories.SeasonFactory().pk, "driver": factories.DriverFactory().pk},
    news.Driver: lambda: {"last_name": "Muster"},
    news.Team: lambda: {"name": "Team Muster"},
    news.Circuit: lambda: {"name": "Nordschleife", "time_zone": "Europe/Berlin"},
    news.Series: lambda: {"name": "Langstrecke"},
    news.Season: lambda: {"series": factories.SeriesFactory().pk, "year": "2014"},
    news.PointScheme: lambda: {"name": "FIA 2010", "positions": "25, 18, 15"},
    sponsors.Sponsor: lambda: {"name": "Bilstein", "logo": factories.logo_file()},
    sponsors.Sponsorship: lambda: {
        "sponsor": factories.SponsorFactory().pk, "tier": factories.TierFactory().pk, "starts_on": "2014-01-01",
    },
    sponsors.Tier: lambda: {"name_de": "Hauptpartner", "name_en": "Main partners"},
    SiteProfile: dict,
    User: lambda: {"username": "erika", "password1": "pit-lane-speed", "password2": "pit-lane-speed"},
    Group: lambda: {"name": "Fotografen"},
    CookieGroup: lambda: {"varname": "maps", "name": "Karten"},
    Cookie: lambda: {"cookiegroup": CookieGroup.objects.first().pk, "name": "visits", "path": "/"},
}  # fmt: skip
# What the system writes down itself.
ONLY_TO_LOOK_AT = (news.FormerAddress, news.ResultImport, news.ShareLink)
REGISTRY = sorted(admin.site._registry, key=lambda model: model._meta.label)


def entry_of(result_list):
    return factories.EntryFactory(race=result_list.session.race)


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def label(model):
    return model._meta.label


def test_every_model_that_an_editor_could_miss_is_in_the_newsroom():
    inside = {inline.model for row in admin.site._registry.values() for inline in row.inlines}
    # By the system, or on pages of their own.
    made_elsewhere = {news.Rendition, news.BodyPhoto, news.OpenForm, news.RollingDraft, news.Milestone}
    made_elsewhere |= {news.Step, news.Answer, news.Correction, news.Contradiction}
    made_elsewhere |= {news.SitemapChange, news.ArchivedMonth, news.LooseFile}
    ours = {
        model
        for app in (news, sponsors)
        for model in vars(app).values()
        if isinstance(model, type(news.Article))
    }
    assert ours - inside - set(REGISTRY) == made_elsewhere
    assert set(REGISTRY) == set(ROWS)


@pytest.mark.parametrize("model", REGISTRY, ids=label)
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_list_opens_in_both_languages(admin_client, model, language):
    ROWS[model]()
    response = admin_client.get(
        address(model, "changelist"), headers={"Accept-Language": language}, follow=True
    )
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text


@pytest.mark.parametrize("model", REGISTRY, ids=label)
def test_a_row_opens_and_saves_as_it_is(admin_client, model):
    row = ROWS[model]()
    page = address(model, "change", row.pk)
    response = admin_client.get(page)
    assert response.status_code == 200
    if model not in ONLY_TO_LOOK_AT:
        saved = admin_client.post(page, filled_in(response))
        assert complaints(saved) == {} and saved.status_code == 302


@pytest.mark.parametrize("model", [model for model in REGISTRY if model not in ONLY_TO_LOOK_AT], ids=label)
def test_a_form_sent_empty_comes_back_with_sentences(admin_client, model):
    row = ROWS[model]()
    for page in (address(model, "change", row.pk), address(model, "add")):
        # An article's form that does not say what it was made from is a conflict.
        assert admin_client.post(page, {}).status_code in (200, 302, 403, 409)


@pytest.mark.parametrize("model", [model for model in REGISTRY if model in NEW], ids=label)
def test_a_new_row_is_saved_with_what_must_be_said(admin_client, model):
    typed = NEW[model]()
    before = model.objects.count()
    page = address(model, "add")
    saved = admin_client.post(page, filled_in(admin_client.get(page), **typed))
    assert complaints(saved) == {} and saved.status_code == 302
    assert model.objects.count() == before + 1


@pytest.mark.parametrize("model", [model for model in REGISTRY if model is not SiteProfile], ids=label)
def test_a_list_costs_the_same_for_one_row_or_many(admin_client, model):
    ROWS[model]()
    page = address(model, "changelist")
    admin_client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as for_one:
        admin_client.get(page)
    for _more in range(4):
        ROWS[model]()
    with CaptureQueriesContext(connection) as for_many:
        admin_client.get(page)
    assert len(for_many) <= len(for_one) <= 22


@pytest.mark.parametrize(
    "model", [model for model in REGISTRY if admin.site._registry[model].search_fields], ids=label
)
def test_a_list_can_be_searched(admin_client, model):
    ROWS[model]()
    assert admin_client.get(address(model, "changelist"), {"q": "007 Ümlaut"}).status_code == 200


@pytest.mark.parametrize("model", REGISTRY, ids=label)
def test_each_filter_of_a_list_can_be_followed(admin_client, model):
    ROWS[model]()
    page = address(model, "changelist")
    context = admin_client.get(page, follow=True).context
    for spec in context["cl"].filter_specs if "cl" in context else []:
        for choice in spec.choices(context["cl"]):
            assert admin_client.get(page + choice["query_string"]).status_code == 200


@pytest.mark.parametrize("model", REGISTRY, ids=label)
def test_what_a_searchable_select_proposes_is_in_order(rf, admin_user, model):
    request = rf.get("/")
    request.user = admin_user
    assert admin.site.get_model_admin(model).get_queryset(request).ordered


@pytest.mark.parametrize("model", [model for model in REGISTRY if model in NEW], ids=label)
def test_nonsense_in_an_address_is_no_error_of_ours(admin_client, model):
    nonsense = dict.fromkeys(
        ("race", "session", "sponsor", "season", "lead_photo", "translation_of", "state"), "abc"
    )
    assert admin_client.get(address(model, "add"), nonsense).status_code == 200
    assert admin_client.get(address(model, "changelist"), nonsense).status_code == 302
    assert admin_client.post(address(model, "add"), nonsense).status_code in (200, 302)


def test_the_groups_stand_in_the_order_of_an_editors_work(admin_client):
    def groups(language):
        text = admin_client.get("/admin/", headers={"Accept-Language": language}).text
        return re.findall(r'<h2 id="group-\d">(.*?)</h2>', text)

    assert groups("en") == ["Write", "Photos", "Races", "Partners", "Site"]
    assert groups("de") == ["Schreiben", "Fotos", "Rennen", "Partner", "Website"]


def test_the_start_page_names_what_is_next(admin_client):
    race = factories.RaceFactory(name="Sechs Stunden", first_day=date(2014, 4, 6))
    session = factories.SessionFactory(race=race)
    factories.ArticleFactory(headline="Entwurf mit Rand", stage="writing", published_at=None)
    text = admin_client.get("/admin/").text
    assert "Entwurf mit Rand" in text
    assert f'action="{reverse("admin:news_race_report", args=[race.pk])}"' in text
    assert address(news.Session, "change", session.pk) in text


def test_the_address_of_an_app_leads_to_the_start_page(admin_client):
    assert admin_client.get("/admin/news/").headers["Location"] == "/admin/"


def test_the_language_is_switched_in_the_head_and_kept_for_the_admin_alone(admin_client):
    response = admin_client.post("/admin/language/", {"language": "en", "next": "/admin/news/article/"})
    assert response.headers["Location"] == "/admin/news/article/"
    assert response.cookies["django_language"]["path"] == "/admin/"
    assert '<html lang="en"' in admin_client.get("/admin/").text


def test_the_site_has_one_profile_and_its_list_is_the_form(admin_client):
    assert admin_client.get(address(SiteProfile, "changelist")).headers["Location"] == address(
        SiteProfile, "add"
    )
    ROWS[SiteProfile]()
    assert admin_client.get(address(SiteProfile, "changelist")).headers["Location"] == address(
        SiteProfile, "change", 1
    )
    assert admin_client.get(address(SiteProfile, "add")).status_code == 403
    assert admin_client.post(address(SiteProfile, "delete", 1)).status_code == 403


def test_the_profile_says_which_drivers_are_the_sites_own(admin_client):
    profile, before, after = (
        ROWS[SiteProfile](),
        factories.DriverFactory(ours=True),
        factories.DriverFactory(),
    )
    page = address(SiteProfile, "change", profile.pk)
    admin_client.post(page, filled_in(admin_client.get(page), drivers=[after.pk]))
    assert list(news.Driver.objects.ours()) == [after]
    before.refresh_from_db()
    assert not before.ours


@pytest.mark.parametrize("name", ["admin.css", "admin-form.css"])
def test_the_dress_of_the_newsroom_is_light(name):
    sheet = Path(settings.BASE_DIR, "driversite", "static", "css", name)
    assert len(gzip.compress(sheet.read_bytes())) <= 5 * 1024


@pytest.mark.parametrize(
    ("model", "row", "words"),
    [(CookieGroup, {"varname": "statistics"}, "Statistik"), (Group, {"name": "Editor"}, "Redakteur")],
)
def test_what_stands_in_english_in_the_database_is_german_on_its_page_and_on_the_way_there(
    admin_client, model, row, words
):
    page = admin_client.get(
        address(model, "change", model.objects.get(**row).pk), headers={"accept-language": "de"}
    ).text
    assert f'<span aria-current="page">{words}</span>' in page and f"<h1>{words}</h1>" in page


def test_a_cookie_is_named_as_browsers_name_it_and_set_by_whom_visitors_read(admin_client):
    listed = admin_client.get(address(Cookie, "changelist")).text
    assert listed.count(">YouTube, Vimeo</td>") == 1 and listed.count(">dieser Website</td>") == 2
    cookie = Cookie.objects.get(name="player")
    assert "<h1>player</h1>" in admin_client.get(address(Cookie, "change", cookie.pk)).text


def test_a_list_says_how_long_it_is_as_numbers_are_written(admin_client):
    rows = [Cookie(name=f"c{n}", cookiegroup=CookieGroup.objects.first()) for n in range(2_000)]
    Cookie.objects.bulk_create(rows)
    page = admin_client.get(address(Cookie, "changelist"), headers={"accept-language": "de"}).text
    assert f"2.{Cookie.objects.count() - 2_000:03} Cookies" in page


def test_what_was_saved_is_named_in_german_too(admin_client):
    page = address(CookieGroup, "change", CookieGroup.objects.get(varname="statistics").pk)
    sent = filled_in(admin_client.get(page), _continue="1")
    said = [str(message) for message in admin_client.post(page, sent, follow=True).context["messages"]]
    assert len(said) == 1 and "Statistik" in said[0] and "Statistics" not in said[0]
