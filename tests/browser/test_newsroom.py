"""Every kind of page of the newsroom in a browser: fits a phone, no finding of axe, no complaint; search and keys."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from news.models import Article
from tests.browser import chromium
from tests.browser.newsroom import log_in
from tests.browser.test_every_page import findings
from tests.factories import ShareLinkFactory

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("demo")]
# What a finger has to hit, and where a phone would zoom in: below 44 and 16 px.
TOO_SMALL = """() => {
  const fields = "input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea";
  const typed = "input:not([type=checkbox], [type=radio], [type=submit], [type=button], [type=file]), select, textarea";
  const seen = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
    && element.getBoundingClientRect().width > 3 && !element.closest(".select2-container, iframe");
  const name = (element) => element.name || element.className || element.textContent.trim();
  const targets = [...document.querySelectorAll(`${fields}, button, summary, .button, .object-tools a`)].filter(seen);
  return targets
    .filter((element) => element.getBoundingClientRect().height < 43.5)
    .map((element) => `${name(element)} is low`)
    .concat([...document.querySelectorAll(typed)].filter(seen)
      .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 16)
      .map((element) => `${name(element)} has small letters`));
}"""


def pages():
    """The start page, the search, the preview, and list and form of every kind of row; the demo has most of them."""
    draft = Article.objects.filter(stage=Article.Stage.WRITING).first()
    ShareLinkFactory(article=draft)
    yield from ("/admin/", "/admin/search/?q=demo", reverse("newsroom_search"))
    yield reverse("article_look", args=[draft.pk])
    yield reverse("admin:news_article_planner")
    yield reverse("admin:news_article_share", args=[draft.pk])
    for model in admin.site._registry:
        label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{label}_changelist")
        row = draft if model is Article else model._default_manager.order_by("-pk").first()
        if row:
            yield reverse(f"{label}_change", args=[row.pk])


@pytest.fixture
def demo_editor(demo):
    return User.objects.get(username="editor")


@pytest.mark.parametrize(
    ("size", "scheme"), [(chromium.PHONE, "dark"), (chromium.DESKTOP, "light")], ids=["phone", "desktop"]
)
def test_every_page_of_the_newsroom_fits_and_is_accessible(open_page, watch, size, scheme):
    page = open_page(**size, color_scheme=scheme, bypass_csp=True)
    watched, wrong = watch(page), {}
    log_in(page, User.objects.get(username="admin"))
    for address in pages():
        page.goto(address, wait_until="load")
        found = findings(page)
        if page.evaluate("document.documentElement.scrollWidth") > size["viewport"]["width"]:
            found.append("scrolls sideways")
        if size is chromium.PHONE:
            found += page.evaluate(TOO_SMALL)
        if found:
            wrong[address] = found
    assert wrong == {}
    assert watched.foreign == []
    # axe asks for imported sheets by themselves, at addresses that are not theirs.
    assert [text for text in watched.complaints if "404" not in text and "preload" not in text] == []


def test_an_article_is_found_by_typing_and_opened_by_the_keyboard_alone(desktop, demo_editor):
    log_in(desktop, demo_editor)
    desktop.keyboard.press("/")
    desktop.keyboard.type("nurburgring")
    options = desktop.get_by_role("option")
    options.first.wait_for()
    assert desktop.locator("#finder").get_attribute("aria-expanded") == "true"
    desktop.keyboard.press("ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    target = options.first.get_attribute("href")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url(f"**{target}")
    # Escape closes first, then empties.
    field = desktop.locator("#finder")
    field.fill("demo")
    options.first.wait_for()
    field.press("Escape")
    options.first.wait_for(state="hidden")
    assert field.input_value() == "demo"
    field.press("Escape")
    assert field.input_value() == ""


def test_who_types_what_is_not_there_sees_that(phone, demo_editor):
    log_in(phone, demo_editor)
    field, nothing = (
        phone.locator("#finder"),
        phone.locator(".finder").get_by_text("Nichts mit diesem Namen."),
    )
    field.fill("Quarkspeise")
    nothing.wait_for()
    assert nothing.bounding_box()["height"] > 20 and phone.locator(".finder .choices").is_hidden()
    field.fill("demo")
    phone.get_by_role("option").first.wait_for()
    assert phone.locator(".finder [role=status]").bounding_box()["height"] <= 1
    field.fill("Quarkspeise")
    nothing.wait_for()
    field.press("Escape")
    assert field.input_value() == "" and phone.locator(".finder [role=status]").bounding_box()["height"] <= 1


def test_what_a_form_is_saved_with_covers_all_that_goes_by_below(phone, demo_editor):
    log_in(phone, demo_editor)
    phone.goto(reverse("admin:news_article_add"))
    bar = phone.locator(".submit-row").last
    assert bar.evaluate("(element) => getComputedStyle(element).borderRadius") == "0px"


def test_the_keys_are_listed_and_save_without_disturbing_who_types(desktop, demo_editor):
    log_in(desktop, demo_editor)
    article = Article.objects.filter(stage=Article.Stage.WRITING).first()
    desktop.goto(f"/admin/news/article/{article.pk}/change/")
    headline = desktop.locator("#id_headline")
    headline.fill("Was ist los")
    headline.press("End")
    desktop.keyboard.type("?/")
    assert headline.input_value() == "Was ist los?/"
    assert desktop.locator("dialog[open]").count() == 0
    desktop.keyboard.press("Control+s")
    desktop.locator(".messagelist .success").wait_for()
    article.refresh_from_db()
    assert article.headline == "Was ist los?/"
    desktop.keyboard.press("?")
    assert "Speichern" in desktop.get_by_role("dialog").inner_text()
    desktop.keyboard.press("Escape")
    desktop.keyboard.press("Control+k")
    assert desktop.evaluate("document.activeElement.id") == "finder"


def test_a_release_by_key_asks_first(desktop, demo_editor):
    log_in(desktop, demo_editor)
    article = Article.objects.filter(stage=Article.Stage.REVIEW).first()
    desktop.goto(f"/admin/news/article/{article.pk}/change/")
    desktop.keyboard.press("Alt+r")
    question = desktop.get_by_role("dialog")
    assert "?" in question.inner_text()
    # Nothing is released by pressing Enter once more.
    desktop.keyboard.press("Enter")
    question.wait_for(state="hidden")
    article.refresh_from_db()
    assert article.stage == Article.Stage.REVIEW
