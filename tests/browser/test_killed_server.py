"""A server that is killed while somebody writes: what was typed before and meanwhile is there when it is back."""

import re

import pytest

from tests.browser.newsroom import PASSWORD, nothing_is_kept_in
from tests.shipped import App, killed

pytestmark = pytest.mark.one_database

EDITABLE = ".prose-editor [contenteditable=true]"


@pytest.fixture
def server(tmp_path):
    server = App(tmp_path, DEBUG="true", DJANGO_SUPERUSER_PASSWORD=PASSWORD)
    server.migrate()
    server.manage("createsuperuser", "--no-input", "--username", "editor", "--email", "")
    server.start("--workers", "1")
    yield server
    server.stop()


def write(page, words):
    page.locator(EDITABLE).click()
    page.keyboard.press("Control+End")
    page.locator(EDITABLE).press_sequentially(words)


def test_a_killed_server_costs_no_word(desktop, server):
    desktop.goto(f"{server.address}/admin/")
    desktop.locator("#id_username").fill("editor")
    desktop.locator("#id_password").fill(PASSWORD)
    desktop.locator("[type=submit]").click()
    desktop.goto(f"{server.address}/admin/news/article/add/")
    desktop.locator("#id_headline").fill("Von Startplatz elf")
    write(desktop, "Vor dem Ausfall geschrieben.")
    status = desktop.locator("#kept-status")
    status.filter(has_text=re.compile("^(saved|gesichert)")).wait_for()
    address = desktop.url

    killed(server.process)
    write(desktop, " Und während des Ausfalls.")
    status.filter(has_text=re.compile("not reached|nicht erreichbar")).wait_for()
    desktop.locator("[name=_save]").click()
    desktop.wait_for_url(re.compile("chrome-error|chromewebdata"))
    desktop.close(run_before_unload=False)

    server.start("--workers", "1")
    again = desktop.context.new_page()
    again.goto(address)
    again.locator("#kept-bar").get_by_role("button", name=re.compile("Zeigen|Show")).click()
    again.locator(EDITABLE, has_text="Vor dem Ausfall geschrieben. Und während des Ausfalls.").wait_for()
    again.locator("[name=_save]").click()
    again.locator(".messagelist .success").wait_for()
    again.goto(address)
    assert "Und während des Ausfalls." in again.locator(EDITABLE).inner_text()
    assert nothing_is_kept_in(again)
