"""Who may do what: reporters write and hand in, editors release, administrators keep site and users."""

from datetime import timedelta

import pytest
from cookie_consent.models import CookieGroup
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from driversite.models import SiteProfile
from news import models as news
from news import steps
from news.history import versions_of
from news.models import Article
from sponsors import models as sponsors
from tests import factories
from tests.forms import complaints, filled_in

pytestmark = pytest.mark.django_db

ROLES = ("Reporter", "Editor", "Administrator")
STAGE = Article.Stage
# What each role may: list, add, change, delete. Whoever may change may also look.
MAY = {
    news.Article: {"Reporter": "lac", "Editor": "lacd", "Administrator": "lacd"},
    # Of somebody else.
    news.Photo: {"Reporter": "la", "Editor": "lacd", "Administrator": "lacd"},
    news.Tag: {"Reporter": "lac", "Editor": "lacd", "Administrator": "lacd"},
    news.Page: {"Reporter": "", "Editor": "lacd", "Administrator": "lacd"},
    news.Race: {"Reporter": "l", "Editor": "lacd", "Administrator": "lacd"},
    news.Session: {"Reporter": "l", "Editor": "lacd", "Administrator": "lacd"},
    news.Classification: {"Reporter": "l", "Editor": "lacd", "Administrator": "lacd"},
    news.Entry: {"Reporter": "l", "Editor": "lacd", "Administrator": "lacd"},
    news.Driver: {"Reporter": "l", "Editor": "lacd", "Administrator": "lacd"},
    news.Series: {"Reporter": "", "Editor": "lacd", "Administrator": "lacd"},
    sponsors.Sponsor: {"Reporter": "", "Editor": "lacd", "Administrator": "lacd"},
    sponsors.Sponsorship: {"Reporter": "", "Editor": "lacd", "Administrator": "lacd"},
    SiteProfile: {"Reporter": "", "Editor": "l", "Administrator": "lac"},
    User: {"Reporter": "", "Editor": "", "Administrator": "lacd"},
    CookieGroup: {"Reporter": "", "Editor": "", "Administrator": "lc"},
}
ROW = {
    news.Article: lambda: factories.ArticleFactory(stage=STAGE.WRITING, published_at=None),
    news.Photo: factories.PhotoFactory,
    news.Tag: factories.TagFactory,
    news.Page: factories.PageFactory,
    news.Race: factories.RaceFactory,
    news.Session: factories.SessionFactory,
    news.Classification: factories.ClassificationFactory,
    news.Entry: factories.EntryFactory,
    news.Driver: factories.DriverFactory,
    news.Series: factories.SeriesFactory,
    sponsors.Sponsor: factories.SponsorFactory,
    sponsors.Sponsorship: factories.SponsorshipFactory,
    SiteProfile: lambda: SiteProfile.objects.create(name="Erika Muster"),
    User: lambda: User.objects.create_user("somebody"),
    CookieGroup: lambda: CookieGroup.objects.first(),
}


@pytest.fixture
def signed_in(client):
    def sign_in(group):
        client.force_login(factories.member(group))
        return client

    return sign_in


@pytest.fixture
def reporter(signed_in):
    return signed_in("Reporter")


@pytest.fixture
def editor(signed_in):
    return signed_in("Editor")


def page_of(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def change_page(article):
    return page_of(Article, "change", article.pk)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", MAY, ids=lambda model: model._meta.label)
def test_each_role_may_what_it_is_for_and_no_more(signed_in, model, role):
    client, may = signed_in(role), MAY[model][role]
    if "a" in may or model is not SiteProfile:
        assert client.get(page_of(model, "add")).status_code == (200 if "a" in may else 403)
    row = ROW[model]()
    assert client.get(page_of(model, "changelist"), follow=True).status_code == (200 if "l" in may else 403)
    # An article's form says what it was made from; one that does not is shown what is stored.
    answered = 409 if model is Article else 200
    assert client.post(page_of(model, "change", row.pk), {}).status_code == (answered if "c" in may else 403)
    assert client.get(page_of(model, "delete", row.pk)).status_code == (200 if "d" in may else 403)


def test_who_is_not_signed_in_sees_nothing_of_the_newsroom(client):
    article = factories.ArticleFactory(stage=STAGE.WRITING, headline="Nur für uns")
    for address in ("/admin/", change_page(article), reverse("article_preview", args=[article.pk])):
        response = client.get(address)
        assert response.status_code == 302 and response.headers["Location"].startswith("/admin/login/")


def test_a_reporter_hands_in_and_does_not_release(reporter):
    article = factories.ArticleFactory(stage=STAGE.WRITING, published_at=None)
    page = reporter.get(change_page(article))
    assert 'value="hand_in"' in page.text and 'value="release"' not in page.text

    for kind in ("release", "schedule"):
        refused = reporter.post(change_page(article), filled_in(page, _step=kind))
        assert "__all__" in complaints(refused), kind

    assert reporter.post(change_page(article), filled_in(page, _step="hand_in")).status_code == 302
    article.refresh_from_db()
    assert article.stage == STAGE.REVIEW


@pytest.mark.parametrize(
    ("field", "value"),
    [("published_at", "2020-01-01T10:00"), ("expires_at", "2030-01-01T10:00"), ("pinned", "on")],
)
def test_a_reporter_cannot_slip_in_what_belongs_to_the_release(reporter, field, value):
    article = factories.ArticleFactory(stage=STAGE.WRITING, published_at=None)
    before = getattr(article, field)
    sent = filled_in(reporter.get(change_page(article)), **{field: value})
    assert reporter.post(change_page(article), sent).status_code == 302
    article.refresh_from_db()
    assert getattr(article, field) == before


def test_a_new_article_cannot_be_released_by_a_reporter_either(reporter):
    sent = filled_in(
        reporter.get(page_of(Article, "add")), headline="Sofort", _step="release", body="<p>Da.</p>"
    )
    assert list(complaints(reporter.post(page_of(Article, "add"), sent))) == ["__all__"]
    assert not Article.objects.exists()


def test_a_reporter_can_read_but_not_touch_what_is_released(reporter):
    article = factories.ArticleFactory(
        headline="Öffentlich", body="<p>Ein <strong>starkes</strong> Rennen.</p>"
    )
    assert "<p>Ein <strong>starkes</strong> Rennen.</p>" in reporter.get(change_page(article)).text
    assert reporter.post(change_page(article), {"headline": "Geändert"}).status_code == 403
    assert reporter.post(page_of(Article, "delete", article.pk), {"post": "yes"}).status_code == 403
    article.refresh_from_db()
    assert article.headline == "Öffentlich"


@pytest.mark.parametrize("action", ["release", "back_to_review", "delete_selected"])
def test_a_reporter_has_no_action_that_moves_or_deletes_articles(reporter, action):
    article = factories.ArticleFactory(stage=STAGE.REVIEW, published_at=None)
    public = factories.ArticleFactory()
    sent = {"action": action, "_selected_action": [article.pk, public.pk], "post": "yes"}
    reporter.post(page_of(Article, "changelist"), sent)
    assert set(Article.objects.values_list("pk", "stage")) == {
        (article.pk, STAGE.REVIEW),
        (public.pk, STAGE.RELEASED),
    }


def test_an_editor_releases_several_at_once_and_one_without_text_stays(editor):
    good, empty = (
        factories.ArticleFactory(stage=STAGE.REVIEW, published_at=None, body=body)
        for body in ("<p>Da.</p>", "")
    )
    before = timezone.now()
    sent = {"action": "release", "_selected_action": [good.pk, empty.pk]}
    response = editor.post(page_of(Article, "changelist"), sent, follow=True)
    assert list(Article.objects.public()) == [good]
    assert before <= Article.objects.get(pk=good.pk).published_at <= timezone.now()
    said = [str(message) for message in response.context["messages"]]
    assert len(said) == 2 and said[0].startswith(f"{empty.headline}: ")


def test_an_editor_takes_an_article_back(editor):
    article = factories.ArticleFactory()
    editor.post(
        page_of(Article, "changelist"), {"action": "back_to_review", "_selected_action": [article.pk]}
    )
    assert not Article.objects.public().exists()


def test_released_with_an_empty_time_means_now(editor):
    article = factories.ArticleFactory(stage=STAGE.REVIEW, published_at=None)
    sent = filled_in(editor.get(change_page(article)), _step="release")
    assert editor.post(change_page(article), sent).status_code == 302
    assert list(Article.objects.public()) == [article]


def test_released_for_later_appears_later(editor):
    article = factories.ArticleFactory(stage=STAGE.REVIEW, published_at=None)
    later = timezone.localtime() + timedelta(days=2)
    sent = filled_in(
        editor.get(change_page(article)),
        _step="schedule",
        published_at=later.strftime("%Y-%m-%dT%H:%M:%S"),
    )
    assert editor.post(change_page(article), sent).status_code == 302
    assert not Article.objects.public().exists()
    assert list(Article.objects.public(later)) == [article]


def test_an_administrator_does_not_become_a_superuser(signed_in):
    administrator = signed_in("Administrator")
    superuser = User.objects.create_superuser("root")
    assert administrator.post(page_of(User, "change", superuser.pk), {}).status_code == 403
    assert (
        administrator.get(reverse("admin:auth_user_password_change", args=[superuser.pk])).status_code == 403
    )
    assert administrator.post(page_of(User, "delete", superuser.pk), {"post": "yes"}).status_code == 403

    me = User.objects.get(username="administrator")
    page = page_of(User, "change", me.pk)
    assert administrator.post(page, filled_in(administrator.get(page), is_superuser="on")).status_code == 302
    me.refresh_from_db()
    assert not me.is_superuser


def test_an_administrator_makes_an_account_that_can_sign_in(signed_in, client):
    administrator = signed_in("Administrator")
    page = page_of(User, "add")
    words = {"username": "neu", "password1": "pit-lane-speed", "password2": "pit-lane-speed"}
    sent = filled_in(administrator.get(page), **words, groups=[Group.objects.get(name="Reporter").pk])
    assert administrator.post(page, sent).status_code == 302
    client.logout()
    assert client.login(username="neu", password="pit-lane-speed")
    assert client.get(page_of(Article, "add")).status_code == 200


@pytest.mark.parametrize(("language", "name"), [("de", "Redakteur"), ("en", "Editor")])
def test_groups_are_called_in_the_language_of_who_reads(admin_client, language, name):
    page = admin_client.get(page_of(User, "add"), headers={"Accept-Language": language}).text
    assert f"{name}:" in page


def test_an_administrator_cannot_shut_themselves_out(signed_in):
    administrator = signed_in("Administrator")
    me = User.objects.get(username="administrator")
    page = page_of(User, "change", me.pk)
    for sent in ({"groups": []}, {"is_staff": []}):
        assert administrator.post(page, filled_in(administrator.get(page), **sent)).status_code == 200, sent
    assert administrator.post(page_of(User, "delete", me.pk), {"post": "yes"}).status_code == 403
    me.refresh_from_db()
    assert me.is_staff and me.groups.get().name == "Administrator"


def test_a_reporter_cannot_change_a_picture_that_visitors_see(reporter):
    shown, own = factories.PhotoFactory(), factories.PhotoFactory()
    factories.ArticleFactory(lead_photo=shown)
    assert reporter.post(page_of(news.Photo, "change", shown.pk), {"credit": "x"}).status_code == 403
    assert reporter.get(page_of(news.Photo, "change", own.pk)).status_code == 200
    factories.ArticleFactory().gallery_photos.create(photo=own)
    assert reporter.post(page_of(news.Photo, "change", own.pk), {"credit": "x"}).status_code == 403


def test_a_reporter_puts_no_picture_on_the_press_page(reporter):
    add = page_of(news.Photo, "add")
    picture = factories.picture_file()
    sent = filled_in(reporter.get(add), credit="Foto: Erika Muster", for_press="on", file=picture)
    reporter.post(add, sent)
    photo = news.Photo.objects.get()
    sent = filled_in(reporter.get(page_of(news.Photo, "change", photo.pk)), for_press="on")
    reporter.post(page_of(news.Photo, "change", photo.pk), sent)
    assert not news.Photo.objects.for_press().exists()


@pytest.mark.parametrize(("language", "words"), [("de", "Boxengasse geschlossen"), ("en", "Pit lane closed")])
def test_who_may_not_is_told_so_in_their_language(reporter, language, words):
    answer = reporter.get(page_of(sponsors.Sponsor, "changelist"), headers={"Accept-Language": language})
    assert answer.status_code == 403 and words in answer.text


def test_a_superuser_cannot_give_away_their_own_access(admin_client):
    me = User.objects.get(username="admin")
    page = page_of(User, "change", me.pk)
    sent = filled_in(admin_client.get(page), is_superuser=[])
    assert admin_client.post(page, sent).status_code == 200
    me.refresh_from_db()
    assert me.is_superuser


def test_a_reporter_cannot_change_a_portrait_or_rename_a_tag_that_visitors_see(reporter):
    driver = factories.DriverFactory(portrait=factories.PhotoFactory())
    tag, unused = factories.TagFactory(), factories.TagFactory()
    factories.ArticleFactory().tags.add(tag)
    factories.ArticleFactory(stage=STAGE.WRITING, published_at=None).tags.add(unused)
    assert reporter.post(page_of(news.Photo, "change", driver.portrait.pk), {}).status_code == 403
    assert reporter.post(page_of(news.Tag, "change", tag.pk), {"name_de": "x"}).status_code == 403
    assert reporter.post(page_of(news.Tag, "change", unused.pk), {"name_de": "x"}).status_code != 403


def test_a_reporter_throws_away_their_own_draft_and_nobody_elses(reporter):
    me = User.objects.get(username="reporter")
    mine = factories.ArticleFactory(stage=STAGE.WRITING, published_at=None, author=me)
    released = factories.ArticleFactory(author=me)
    another = factories.ArticleFactory(stage=STAGE.WRITING, published_at=None)
    known = factories.ArticleFactory(author=me)
    steps.take(known.pk, "take_back", User.objects.create_superuser("root"))
    rows = [released.pk, another.pk, known.pk]
    ticked = {"action": "delete_selected", "_selected_action": rows, "post": "yes"}
    reporter.post(page_of(Article, "changelist"), ticked)
    for article, status in ((mine, 302), (released, 403), (another, 403), (known, 403)):
        answer = reporter.post(page_of(Article, "delete", article.pk), {"post": "yes"})
        assert answer.status_code == status
    assert set(Article.objects.all()) == {released, another, known}


def test_an_editor_reads_the_profile_in_words(editor):
    factories.DriverFactory(ours=True, last_name="Muster", first_name="Erika")
    SiteProfile.objects.update_or_create(pk=1, defaults={"name": "Erika Muster"})
    page = editor.get(page_of(SiteProfile, "change", 1)).text
    assert "Erika Muster" in page and "None" not in page
    assert "(Deutsch)" in page and "(Englisch)" in page


def test_an_administrator_reads_rights_in_words(signed_in):
    group = Group.objects.get(name="Reporter")
    page = signed_in("Administrator").get(page_of(Group, "change", group.pk)).text
    assert "Artikel: ändern" in page and "Can change" not in page


def test_a_wrong_password_is_said_in_words_of_this_site(client):
    sent = {"username": "x", "password": "y"}
    answer = client.post(reverse("admin:login"), sent, headers={"Accept-Language": "en"})
    assert "User name or password is not right." in answer.text


def test_no_door_of_the_newsroom_lets_a_reporter_release(reporter):
    """By whatever name the stage is sent, and wherever to: forms, autosave, a former version, actions."""
    me = User.objects.get(username="reporter")
    article = factories.ArticleFactory(author=me)
    steps.take(article.pk, "take_back", User.objects.create_superuser("root"))
    released = versions_of(article.pk).last()
    assert released.field_dict["stage"] == STAGE.RELEASED
    sent = filled_in(reporter.get(change_page(article))) | {
        "stage": STAGE.RELEASED,
        "published_at": "2020-01-01T10:00",
        "published_at_0": "2020-01-01",
        "pinned": "on",
        "post": "yes",
    }
    pages = [
        change_page(article),
        page_of(Article, "add"),
        page_of(Article, "autosave_new"),
        page_of(Article, "autosave", article.pk),
        page_of(Article, "restore", article.pk, released.pk),
        page_of(Article, "share", article.pk),
        page_of(Article, "check", article.pk),
        page_of(Article, "changelist"),
    ]
    for page in pages:
        for kind in ("release", "schedule", "take_back", ""):
            article.refresh_from_db()
            seen = {"seen": article.version, "_step": kind, "action": kind, "_selected_action": [article.pk]}
            reporter.post(page, sent | seen)
            assert not Article.objects.filter(stage=STAGE.RELEASED).exists(), (page, kind)


def test_who_signs_out_reads_what_that_means_and_where_it_goes_on(signed_in):
    page = signed_in("Reporter").post(reverse("admin:logout")).text
    assert "niemand in Ihrem Namen" in page and "Wieder anmelden" in page and "nette Minuten" not in page
