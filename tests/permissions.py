"""The newsroom with one row of everything, and a hand on every door: what a role gets to see and do."""

from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from cookie_consent.models import Cookie, CookieGroup
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import get_resolver, reverse

from driversite.models import SiteProfile
from news.history import first_version, versions_of
from news.models import Article, FormerAddress
from tests import factories

TABLE = Path(__file__).parent / "data" / "permissions.txt"
ROLES = ("nobody", "staff", "Driver", "Reporter", "Editor", "Administrator")
WRITING = {"stage": Article.Stage.WRITING, "published_at": None}


def written():
    """The table as {part: {row: {role: letters}}}."""
    parts, heads = {}, [*ROLES]
    for line in TABLE.read_text().splitlines():
        if line.startswith("["):
            part = parts.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            row, *cells = (cell.strip() for cell in line.split("|"))
            assert row not in part and len(cells) == len(heads), line
            part[row] = {role: cell.replace("-", "") for role, cell in zip(heads, cells, strict=True)}
    return parts


def rows_for(user):
    """One row of each kind, told apart where it matters whose it is or whether visitors see it."""
    f, drivers = factories, factories.DriverFactory.create_batch(2)
    own, another = (
        user or User.objects.create_user("somebody"),
        User.objects.create_user("another", is_staff=True),
    )
    shown, used = f.PhotoFactory(), f.TagFactory()
    released = f.ArticleFactory(author=own, lead_photo=shown)
    released.tags.add(used)
    result = f.ResultFactory(entry__drivers=drivers)
    result_list = result.classification
    group = CookieGroup.objects.order_by("pk").first()
    return {
        "article, own draft": f.ArticleFactory(author=own, **WRITING),
        "article, another's draft": f.ArticleFactory(author=another, **WRITING),
        "article, own in review": f.ArticleFactory(author=own, stage=Article.Stage.REVIEW, published_at=None),
        "article, own released": released,
        "article, another's released": f.ArticleFactory(author=another),
        "photo, not used": f.PhotoFactory(),
        "photo, own": f.PhotoFactory(uploaded_by=own),
        "photo, taken down": taken_down(f.PhotoFactory(uploaded_by=own)),
        "photo, released": shown,
        "photo, for the press": f.PhotoFactory(for_press=True),
        "tag, not used": f.TagFactory(),
        "tag, released": used,
        "page": f.PageFactory(),
        "share link, for them": f.ShareLinkFactory(user=own),
        "share link, for another": f.ShareLinkFactory(user=another),
        "former address": FormerAddress.objects.create(path="/news/alt/", article=released),
        "race": result_list.session.race,
        "session": result_list.session,
        "list": result_list,
        "result": result,
        "entry": result.entry,
        "driver": drivers[0],
        "team": result.entry.team,
        "circuit": result_list.session.race.circuit,
        "series": f.SeriesFactory(),
        "season": f.SeasonFactory(),
        "points": f.PointSchemeFactory(),
        "standing": f.StandingFactory(driver=drivers[1]),
        "import": f.ResultImportFactory(session=result_list.session, classification=result_list),
        "sponsor": f.SponsorFactory(),
        "agreement": f.SponsorshipFactory(),
        "tier": f.TierFactory(),
        "profile": SiteProfile.objects.create(name="Erika Muster"),
        "user, themselves": own,
        "user, another": another,
        "user, superuser": User.objects.create_superuser("root"),
        "group": Group.objects.get(name="Reporter"),
        "purpose of cookies": group,
        "cookie": group.cookie_set.first() or Cookie.objects.create(cookiegroup=group, name="x"),
    }


def taken_down(photo):
    photo.take_down(None, "Auf Wunsch der Fotografin.")
    return photo


def pages_for(rows):
    """Every address of the newsroom that is no list and no form of a row: {what: (name of the address, address)}."""
    pk = SimpleNamespace(**{name.split(",")[0].replace(" ", "_"): row.pk for name, row in rows.items()})
    two_drivers = ",".join(str(row.pk) for row in factories.DriverFactory.create_batch(2))
    two_teams = ",".join(str(row.pk) for row in factories.TeamFactory.create_batch(2))
    draft = rows["article, another's draft"]
    version_of_draft, version_of_released, deleted = (
        kept_version(article)
        for article in (draft, rows["article, own released"], factories.ArticleFactory())
    )
    Article.objects.filter(pk=deleted.object_id).delete()
    user = rows["user, another"]
    search = "?app_label=news&model_name=article&field_name=race&term=x"
    asked = {
        "start": ("admin:index", (), ""),
        "sign in": ("admin:login", (), ""),
        "own password": ("admin:password_change", (), ""),
        "own password, done": ("admin:password_change_done", (), ""),
        "language": ("set_language", (), ""),
        "words for scripts": ("admin:jsi18n", (), ""),
        "search": ("newsroom_search", (), "?q=x"),
        "search while typing": ("newsroom_search_found", (), "?q=x"),
        "search in a select": ("admin:autocomplete", (), search),
        "from a draft to its page": ("admin:view_on_site", (kind_of(draft), draft.pk), ""),
        "from a user to their page": ("admin:view_on_site", (kind_of(user), user.pk), ""),
        "find a page for a link": ("admin:news_article_find", (), "?kind=link"),
        "marks of a text": ("admin:news_article_marks", (), ""),
        "typography": ("admin:news_article_tidy", (), ""),
        "menu of an app": ("admin:app_list", ("news",), ""),
        "preview of another's draft": ("article_preview", (draft.pk,), ""),
        "teaser of another's draft": ("article_preview_as", (draft.pk, "teaser"), ""),
        "look at another's draft": ("article_look", (draft.pk,), ""),
        "preview of an own draft": ("article_preview", (rows["article, own draft"].pk,), ""),
        "check of another's draft": ("admin:news_article_check", (draft.pk,), ""),
        "check of an own draft": ("admin:news_article_check", (rows["article, own draft"].pk,), ""),
        "check of a new article": ("admin:news_article_check_new", (), ""),
        "calendar of articles": ("admin:news_article_planner", (), ""),
        "share another's draft": ("admin:news_article_share", (draft.pk,), ""),
        "share what is released": ("admin:news_article_share", (rows["article, own released"].pk,), ""),
        "revoke a link": (
            "admin:news_article_revoke",
            (rows["share link, for another"].article_id, rows["share link, for another"].pk),
            "",
        ),
        "articles and languages": ("admin:news_article_languages", (), ""),
        "side by side, a draft": ("admin:news_article_translate", (draft.pk,), ""),
        "side by side, released": (
            "admin:news_article_translate",
            (rows["article, own released"].pk,),
            "",
        ),
        "begin a translation": ("admin:news_article_translate_into", (draft.pk, "en"), ""),
        "duplicate an article": ("admin:news_article_duplicate", (draft.pk,), ""),
        "next season": ("admin:news_season_next", (pk.season,), ""),
        "write the report": ("admin:news_race_report", (pk.race,), ""),
        "keep a new article": ("admin:news_article_autosave_new", (), ""),
        "keep another's draft": ("admin:news_article_autosave", (draft.pk,), ""),
        "keep what is released": ("admin:news_article_autosave", (rows["article, own released"].pk,), ""),
        "who has a draft open": ("admin:news_article_presence", (draft.pk,), ""),
        "unsaved changes of a draft": ("admin:news_article_unsaved", (draft.pk,), ""),
        "compare versions": ("admin:news_article_compare", (draft.pk,), ""),
        "restore a draft": ("admin:news_article_restore", (draft.pk, version_of_draft.pk), ""),
        "restore what is released": (
            "admin:news_article_restore",
            (rows["article, own released"].pk, version_of_released.pk),
            "",
        ),
        "name a version": ("admin:news_article_name", (draft.pk, version_of_draft.pk), ""),
        "deleted articles": ("admin:news_article_deleted", (), ""),
        "bring back an article": ("admin:news_article_bring_back", (deleted.object_id, deleted.pk), ""),
        "new weekend": ("admin:news_race_weekend", (), f"?like={pk.race}"),
        "take over cars": ("admin:news_race_cars", (factories.RaceFactory().pk,), f"?like={pk.race}"),
        "mark official": ("admin:news_classification_official", (), f"?lists={pk.list}"),
        "official copy": ("admin:news_classification_copy", (), f"?lists={pk.list}"),
        "merge drivers": ("admin:news_driver_merge", (), f"?rows={two_drivers}"),
        "merge teams": ("admin:news_team_merge", (), f"?rows={two_teams}"),
        "upload photos": ("admin:news_photo_upload", (), ""),
        "complete an own photo": ("admin:news_photo_complete", (), f"?photos={rows['photo, own'].pk}"),
        "complete another's photo": (
            "admin:news_photo_complete",
            (),
            f"?photos={rows['photo, not used'].pk}",
        ),
        "take a photo down": ("admin:news_photo_take_down", (), f"?photos={rows['photo, own'].pk}"),
        "import a list": ("admin:news_session_import", (pk.session,), ""),
        "import a table": ("admin:news_season_import", (pk.season,), ""),
        "take back an import": ("admin:news_resultimport_undo", (getattr(pk, "import"),), ""),
        "password of another": ("admin:auth_user_password_change", (user.pk,), ""),
        "password of a superuser": ("admin:auth_user_password_change", (rows["user, superuser"].pk,), ""),
        "failed tasks": ("admin:tasks", (), ""),
        # Behind it nobody is signed in any more.
        "sign out": ("admin:logout", (), ""),
    }
    return {what: (name, reverse(name, args=args) + query) for what, (name, args, query) in asked.items()}


def kept_version(article):
    """Its state as a version of its history."""
    with first_version(article.author):
        article.save()
    return versions_of(article.pk).first()


def kind_of(row):
    return ContentType.objects.get_for_model(row).pk


def address_of(row, page, *args):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=args)


def names_of_the_newsroom():
    """The names of all addresses below /admin/; one without a name is called by its pattern."""

    def walk(patterns, before, space):
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(
                    pattern.url_patterns, route, f"{pattern.namespace}:" if pattern.namespace else space
                )
            elif route.startswith("admin/"):
                yield f"{space}{pattern.name}" if pattern.name else route

    return set(walk(get_resolver().url_patterns, "", ""))


class Undone(Exception):
    """What was only tried."""


@contextmanager
def only_tried():
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


def is_open(client, method, address, is_row=False):
    """Whether the door opens: neither refused nor sent to sign in. What happens behind it is undone."""
    with only_tried():
        answer = getattr(client, method)(address)
        status, leads_to = answer.status_code, answer.headers.get("Location", "")
        if status == 302 and leads_to.startswith("/admin/driversite/") and method == "get":
            # The profile's list leads to its form, which is where the question is answered.
            inside = client.get(leads_to)
            status, leads_to = inside.status_code, inside.headers.get("Location", "")
        assert status in (200, 204, 302, 403, 404, 405, 409, 422), (address, status)
    # A row that is not theirs is as one that is not there: the admin leads to the start page.
    is_missing = is_row and status == 302 and leads_to == "/admin/"
    return status not in (403, 404, 405) and not is_missing and not leads_to.startswith("/admin/login/")


def letters_of(client, row, *, of_kind=True):
    """What can be done with a row: v see, h see its history, c change, d delete; and with its kind: l list, a add,
    s delete several. A page that can be opened but not sent, or the other way round, is written in capitals."""
    doors = {
        "l": (address_of(row, "changelist"), ("get",)),
        "a": (address_of(row, "add"), ("get", "post")),
        "v": (address_of(row, "change", row.pk), ("get",)),
        "h": (address_of(row, "history", row.pk), ("get",)),
        "c": (address_of(row, "change", row.pk), ("post",)),
        "d": (address_of(row, "delete", row.pk), ("get", "post")),
    }
    found = ""
    for letter, (address, methods) in doors.items():
        if letter in "la" and not of_kind:
            continue
        answers = {is_open(client, method, address, is_row=True) for method in methods}
        found += "" if answers == {False} else letter if answers == {True} else letter.upper()
    return found


def actions_for(user, model):
    """Names of the actions that a list offers."""
    request = SimpleNamespace(user=user, GET={}, method="GET")
    return set(admin.site.get_model_admin(model).get_actions(request)) if user else set()
