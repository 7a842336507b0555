"""What is typed survives: a server that no longer answers, a closed tab, another window, another person."""

import re

import pytest
from django.db import OperationalError

from news.history import new_version
from news.models import Article, RollingDraft
from tests.browser.newsroom import PASSWORD, fits, log_in, nothing_is_kept_in
from tests.browser.test_newsroom import TOO_SMALL
from tests.factories import ArticleFactory, member

AUTOSAVES = "**/autosave/"


@pytest.fixture
def article():
    return ArticleFactory(
        headline="Arbeitstitel", body="<p>Er wird Zweiter.</p>", stage="writing", published_at=None
    )


@pytest.fixture
def maria():
    return member("Editor", "maria", first_name="Maria", password=PASSWORD)


def opened(page, user, article=None):
    if user:
        log_in(page, user)
    page.goto(f"/admin/news/article/{article.pk}/change/" if article else "/admin/news/article/add/")
    page.locator(".prose-editor [contenteditable=true]").wait_for()


def says(page, words):
    page.locator("#kept-status", has_text=words).wait_for()


def write(page, words):
    """At the end of the text."""
    editable = page.locator(".prose-editor [contenteditable=true]")
    editable.click()
    editable.press("Control+End")
    editable.press_sequentially(words)


def test_a_closed_tab_loses_nothing_of_a_new_article(desktop, watch, editor):
    watched = watch(desktop)
    opened(desktop, editor)
    desktop.locator("#id_headline").fill("Von Startplatz elf")
    write(desktop, "Er wird Zweiter.")
    says(desktop, "gesichert")
    article = Article.objects.get()
    assert desktop.url.endswith(f"/admin/news/article/{article.pk}/change/")
    assert (article.headline, article.stage, article.author) == ("Von Startplatz elf", "writing", editor)

    again = desktop.context.new_page()
    desktop.close(run_before_unload=False)
    opened(again, None, article)
    assert again.locator(".bar", has_text="Nicht gespeicherte Änderungen").is_visible()
    assert "Er wird Zweiter." in again.locator(".prose-editor [contenteditable=true]").inner_text()
    again.locator("[name=_save]").click()
    again.locator(".messagelist .success").wait_for()
    assert Article.objects.get().body == "<p>Er wird Zweiter.</p>"
    assert not RollingDraft.objects.exists()
    assert watched.complaints == []


def test_while_the_server_does_not_answer_the_browser_keeps_the_text_and_offers_it_again(
    desktop, editor, article
):
    opened(desktop, editor, article)
    desktop.route(AUTOSAVES, lambda route: route.abort())
    write(desktop, " Geschrieben im Funkloch.")
    says(desktop, "Server nicht erreichbar – in diesem Browser gesichert")
    assert not RollingDraft.objects.exists()

    again = desktop.context.new_page()
    desktop.close(run_before_unload=False)
    opened(again, None, article)
    again.locator("#kept-bar", has_text="gesichert").get_by_role("button", name="Zeigen").click()
    again.locator(".prose-editor [contenteditable=true]", has_text="Geschrieben im Funkloch.").wait_for()
    again.locator("[name=_save]").click()
    again.locator(".messagelist .success").wait_for()
    assert "Geschrieben im Funkloch." in Article.objects.get().body
    assert nothing_is_kept_in(again)


def test_when_the_server_answers_again_the_text_goes_there_by_itself(desktop, editor, article):
    opened(desktop, editor, article)
    desktop.route(AUTOSAVES, lambda route: route.fulfill(status=502, body="Bad gateway"))
    write(desktop, " Zweimal versucht.")
    says(desktop, "Server nicht erreichbar")
    desktop.unroute(AUTOSAVES)
    says(desktop, re.compile("^gesichert"))
    assert "Zweimal versucht." in RollingDraft.objects.get().data["fields"]["body"][0]
    assert nothing_is_kept_in(desktop)


def test_two_people_see_each_other_and_choose_between_their_texts(desktop, open_page, editor, maria, article):
    opened(desktop, editor, article)
    other = open_page()
    opened(other, maria, article)
    other.locator("#others-open", has_text="Auch geöffnet: editor").wait_for()
    write(desktop, " So sieht es der eine.")
    says(desktop, "gesichert")
    write(other, " So sieht es die andere.")
    says(other, "gesichert")
    other.locator("[name=_continue]").click()
    other.locator(".messagelist .success").wait_for()

    desktop.locator("[name=_save]").click()
    desktop.get_by_role("heading", name="Zwei Fassungen").wait_for()
    assert "die andere" in desktop.locator("del").all_inner_texts()[0] + desktop.locator("main").inner_text()
    desktop.locator("[name=keep-body][value=mine]").check()
    desktop.locator("[name=_continue]").click()
    desktop.locator(".messagelist .success").wait_for()
    assert "So sieht es der eine." in Article.objects.get().body


def test_the_second_window_of_one_person_is_told_on_a_phone(phone, editor, article):
    opened(phone, editor, article)
    second = phone.context.new_page()
    opened(second, None, article)
    phone.bring_to_front()
    phone.locator("#id_headline").fill("Im ersten Fenster")
    phone.locator("[name=_continue]").click()
    phone.locator(".messagelist .success").wait_for()
    second.bring_to_front()
    second.locator("#id_headline").fill("Im zweiten Fenster")
    second.locator("#kept-bar").get_by_role("button", name="Vergleichen und wählen").click()
    second.get_by_role("heading", name="Zwei Fassungen").wait_for()
    assert fits(second) and second.evaluate(TOO_SMALL) == []
    second.locator("[name=keep-headline][value=mine]").check()
    second.locator("[name=_continue]").click()
    second.locator(".messagelist .success").wait_for()
    assert Article.objects.get().headline == "Im zweiten Fenster"


def test_a_stale_save_is_settled_without_a_script(open_page, editor, article):
    page = open_page(java_script_enabled=False)
    log_in(page, editor)
    page.goto(f"/admin/news/article/{article.pk}/change/")
    page.locator("#id_headline").fill("Ohne Skript")
    Article.objects.get().save()
    Article.objects.filter(pk=article.pk).update(headline="Von anderen")
    page.locator("[name=_continue]").click()
    page.locator("[name=keep-headline][value=mine]").check()
    page.locator("[name=_continue]").click()
    page.locator(".messagelist .success").wait_for()
    assert Article.objects.get().headline == "Ohne Skript"


def test_who_was_signed_out_signs_in_elsewhere_and_the_text_goes_on_by_itself(desktop, editor, article):
    opened(desktop, editor, article)
    desktop.context.clear_cookies()
    write(desktop, " Nach der Pause.")
    says(desktop, "Sie sind abgemeldet – in diesem Browser gesichert")
    other = desktop.context.new_page()
    log_in(other, editor)
    other.close()
    desktop.bring_to_front()
    says(desktop, re.compile("^gesichert"))
    assert "Nach der Pause." in RollingDraft.objects.get().data["fields"]["body"][0]
    desktop.locator("[name=_save]").click()
    desktop.locator(".messagelist .success").wait_for()
    assert "Nach der Pause." in Article.objects.get().body


def test_a_save_that_meets_a_lost_database_is_offered_again(desktop, editor, article, monkeypatch):
    opened(desktop, editor, article)

    def lost(*args, **kwargs):
        raise OperationalError("the connection is closed")

    monkeypatch.setattr("news.models.Article.objects.select_for_update", lost)
    write(desktop, " Kurz vor dem Ausfall.")
    desktop.locator("[name=_save]").click()
    desktop.get_by_role("heading", name="Nicht gespeichert").wait_for()
    monkeypatch.undo()
    desktop.get_by_role("link", name="Noch einmal versuchen").click()
    desktop.locator("#kept-bar").get_by_role("button", name="Zeigen").click()
    desktop.locator(".prose-editor [contenteditable=true]", has_text="Kurz vor dem Ausfall.").wait_for()
    desktop.locator("[name=_save]").click()
    desktop.locator(".messagelist .success").wait_for()
    assert "Kurz vor dem Ausfall." in Article.objects.get().body


def test_two_versions_are_compared_and_the_former_one_restored_on_a_phone(phone, editor, article):
    with new_version(article.pk, editor) as stored:
        stored.body = "<p>Er wird Dritter.</p>"
        stored.save()
    log_in(phone, editor)
    phone.goto(f"/admin/news/article/{article.pk}/history/")
    assert fits(phone) and phone.evaluate(TOO_SMALL) == []
    phone.get_by_role("button", name="vergleichen").click()
    phone.locator("ins", has_text="Dritter").wait_for()
    assert fits(phone)
    phone.get_by_role("link", name="Fassung 1 wiederherstellen").click()
    phone.locator("ins", has_text="Zweiter").wait_for()
    assert fits(phone) and phone.evaluate(TOO_SMALL) == []
    phone.locator("#restore_form [type=submit]").click()
    phone.locator(".messagelist .success").wait_for()
    assert Article.objects.get().body == "<p>Er wird Zweiter.</p>"


def test_the_preview_waits_for_what_was_typed_a_moment_before(desktop, editor, article):
    opened(desktop, editor, article)
    desktop.locator("#id_headline").fill("Eben getippt")
    with desktop.context.expect_page() as shown:
        desktop.locator(".submit-row [data-preview]").click()
    shown.value.frame_locator("iframe").get_by_text("Eben getippt").first.wait_for()


def test_two_windows_that_the_server_does_not_hear_keep_a_copy_each(desktop, editor, article):
    opened(desktop, editor, article)
    other = desktop.context.new_page()
    opened(other, None, article)
    for page, words in ((desktop, "Aus dem ersten"), (other, "Aus dem zweiten")):
        page.route(AUTOSAVES, lambda route: route.abort())
        page.locator("#id_teaser").fill(words)
        says(page, "in diesem Browser gesichert")
    again = desktop.context.new_page()
    for page in (desktop, other):
        page.close(run_before_unload=False)
    opened(again, None, article)
    again.locator("#kept-bar").get_by_role("button", name="Verwerfen").click()
    again.locator("#kept-bar").get_by_role("button", name="Zeigen").click()
    again.locator(".bar", has_text="Nicht gespeicherte Änderungen").wait_for()
    assert again.locator("#id_teaser").input_value() == "Aus dem ersten"


def test_a_save_without_a_connection_leaves_the_form_where_it_is(phone, editor, article):
    opened(phone, editor, article)
    phone.locator("#id_headline").fill("Im Tunnel")
    phone.context.set_offline(True)
    phone.locator("[name=_continue]").click()
    says(phone, "in diesem Browser gesichert")
    assert phone.locator("#id_headline").input_value() == "Im Tunnel"
    phone.context.set_offline(False)
    phone.locator("[name=_continue]").click()
    phone.locator(".messagelist .success").wait_for()
    assert Article.objects.get().headline == "Im Tunnel"
