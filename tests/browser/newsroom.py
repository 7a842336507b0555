"""Signing in to the newsroom."""

PASSWORD = "pit-lane-speed"


def log_in(page, user):
    page.goto("/admin/")
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("[type=submit]").click()
    page.wait_for_url("**/admin/")
