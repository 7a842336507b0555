"""Promise 6 in a real browser: the visitor decides, in three ways, and before that nothing happens."""

import pytest
from cookie_consent.models import Cookie
from django.utils import timezone

from tests.factories import ArticleFactory, RaceFactory

pytestmark = pytest.mark.one_database

VIDEO = '<p>Das Rennen im Video:</p><p><a href="https://www.youtube.com/watch?v=abcdefghijk">https://www.youtube.com/watch?v=abcdefghijk</a></p>'


@pytest.fixture
def article():
    return ArticleFactory(headline="Ein Bericht mit Video", body=VIDEO)


def choose(page, value):
    page.locator(f"#consent button[name=choice][value={value}]").click()
    page.locator("#consent").wait_for(state="hidden")


def frames(page):
    return [
        frame.url for frame in page.frames if "youtube" in frame.url or "vimeo" in frame.url
    ] + page.locator("iframe").evaluate_all("frames => frames.map(frame => frame.src)")


def test_before_a_choice_nothing_is_set_stored_or_asked_of_others(phone, watch, article):
    watched = watch(phone)
    for address in ("/", article.get_absolute_url(), "/kalender/", "/cookies/", "/en/"):
        phone.goto(address, wait_until="networkidle")
        if address != "/cookies/":
            assert phone.locator("#consent").is_visible()
        assert not frames(phone)
    assert watched.cookies == {} and watched.stored == {}
    assert watched.foreign == [] and watched.complaints == []
    assert not [url for url in watched.asked if "/consent" in url and not url.endswith((".css", ".js"))]


def test_the_three_buttons_have_equal_weight(desktop, phone):
    for page in (desktop, phone):
        page.goto("/")
        buttons = page.locator("#consent button[name=choice]")
        looks = buttons.evaluate_all(
            """buttons => buttons.map(button => { const look = getComputedStyle(button);
               return [look.backgroundColor, look.color, look.borderColor, look.fontSize, look.fontWeight,
                       Math.round(button.offsetWidth / 4), button.offsetHeight].join() })"""
        )
        assert buttons.count() == 3 and len(set(looks)) == 1


def test_accepting_all_loads_the_video_and_is_remembered(desktop, watch, article):
    watched = watch(desktop)
    desktop.goto(article.get_absolute_url())
    choose(desktop, "all")
    desktop.locator("iframe").wait_for()
    assert "youtube-nocookie.com" in frames(desktop)[-1]
    assert set(watched.cookies) == {"cookie_consent"}
    assert "=-1" not in watched.cookies["cookie_consent"]
    desktop.goto("/")
    assert not desktop.locator("#consent").is_visible()


def test_refusing_all_is_as_easy_and_keeps_everything_off(desktop, watch, article):
    watched = watch(desktop)
    desktop.goto(article.get_absolute_url())
    choose(desktop, "none")
    desktop.goto(article.get_absolute_url(), wait_until="networkidle")
    assert not desktop.locator("#consent").is_visible()
    assert not frames(desktop) and watched.foreign == []
    assert watched.cookies["cookie_consent"].count("=-1") == 2
    assert desktop.get_by_role("link", name="youtube", exact=False).count()


def test_choosing_takes_what_is_ticked_and_nothing_else(desktop, watch, article):
    watched = watch(desktop)
    desktop.goto(article.get_absolute_url())
    desktop.locator("#consent input[value=statistics]").check()
    choose(desktop, "selection")
    desktop.goto(article.get_absolute_url(), wait_until="networkidle")
    assert not frames(desktop)
    assert (
        "media=-1" in watched.cookies["cookie_consent"]
        and "statistics=2" in watched.cookies["cookie_consent"]
    )


def test_a_mind_can_be_changed_from_the_foot_of_every_page(desktop, article):
    desktop.goto("/")
    choose(desktop, "all")
    desktop.goto(article.get_absolute_url())
    # By the keyboard: right after scrolling, Chromium still looks for the click where the player was.
    desktop.get_by_role("contentinfo").get_by_role("link", name="Cookie-Einstellungen").press("Enter")
    form = desktop.get_by_role("main").locator("form")
    assert form.locator("input[value=media]").is_checked()
    form.locator("button[name=choice][value=none]").click()
    desktop.wait_for_load_state()
    assert not desktop.get_by_role("main").locator("input[value=media]").is_checked()
    desktop.goto(article.get_absolute_url(), wait_until="networkidle")
    assert not frames(desktop)


def test_a_video_can_be_loaded_once_without_a_choice_for_ever(desktop, watch, article):
    watched = watch(desktop)
    desktop.goto(article.get_absolute_url())
    choose(desktop, "none")
    desktop.locator("main .video button, main [data-load-once]").first.click()
    desktop.locator("iframe").wait_for()
    desktop.goto(article.get_absolute_url(), wait_until="networkidle")
    assert not frames(desktop)
    assert set(watched.cookies) == {"cookie_consent"} and watched.stored == {}


def test_a_newer_version_of_a_purpose_asks_again(desktop):
    desktop.goto("/")
    choose(desktop, "all")
    Cookie.objects.filter(cookiegroup__varname="media").update(created=timezone.now())
    desktop.goto("/")
    assert desktop.locator("#consent").is_visible()


def test_a_choice_that_cannot_be_saved_is_said_and_nothing_is_switched_on(desktop, watch, article):
    watched = watch(desktop)
    desktop.route("**/consent/", lambda route: route.abort())
    desktop.goto(article.get_absolute_url())
    desktop.locator("#consent button[name=choice][value=all]").click()
    desktop.locator("#consent [role=alert], #consent [role=status]").first.wait_for()
    assert desktop.locator("#consent").is_visible() and not frames(desktop) and watched.cookies == {}


@pytest.mark.parametrize(("value", "refused"), [("all", 0), ("none", 2), ("selection", 2)])
def test_without_scripts_the_form_works_and_says_that_it_did(open_page, watch, value, refused):
    RaceFactory()
    page = open_page(java_script_enabled=False)
    watched = watch(page)
    page.goto("/kalender/")
    assert page.locator("#consent").is_visible() and watched.cookies == {}
    page.locator(f"#consent button[name=choice][value={value}]").click()
    page.wait_for_load_state()
    assert page.locator("main .saved").is_visible()
    boxes = page.locator("main input[name=purpose]")
    assert boxes.evaluate_all("boxes => boxes.filter(box => !box.checked).length") == refused
    assert watched.cookies["cookie_consent"].count("=-1") == refused
    assert watched.foreign == []
    page.locator("main .saved a").click()
    page.wait_for_url("**/kalender/")
