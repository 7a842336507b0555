"""The newsroom in a browser: signing in, writing and choosing, and whether its pages fit a phone."""

from playwright.sync_api import Error

from tests.patience import until

PASSWORD = "pit-lane-speed"


def until_in(page, script, arg=None):
    """Wait until this is so in the page. Playwright's own `wait_for_function` asks its second time from within the
    page, where our policy forbids what it does; asked from outside, nothing is forbidden."""

    def so():
        try:
            return page.evaluate(script, arg)
        except Error as error:
            # The page is just giving way to the next one.
            if "context was destroyed" not in str(error):
                raise

    # What the browser tells meanwhile is heard only while Playwright itself waits.
    until(so, pause=lambda seconds: page.wait_for_timeout(seconds * 1000))


def log_in(page, user):
    page.goto("/admin/")
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("[type=submit]").click()
    page.wait_for_url("**/admin/")


def fits(page, width=390):
    """Whether nothing stands beside the page once its widgets are in place; an error says if not."""
    until_in(page, "width => document.documentElement.scrollWidth <= width", width)
    return True


def choose(page, field, words):
    """Type into a searchable select and take what is offered."""
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def nothing_is_kept_in(page):
    """Whether the browser has forgotten its copies of forms, which it does when the next page has run its scripts."""
    until_in(page, "() => !Object.keys(localStorage).some((key) => key.startsWith('kept-form'))")
    return True
