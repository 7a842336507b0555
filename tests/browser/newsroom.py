"""The newsroom in a browser: signing in, writing and choosing, and whether its pages fit a phone."""

PASSWORD = "pit-lane-speed"


def log_in(page, user):
    page.goto("/admin/")
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("[type=submit]").click()
    page.wait_for_url("**/admin/")


def fits(page, width=390):
    """Whether nothing stands beside the page once its widgets are in place; Playwright's error says if not."""
    page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)
    return True


def choose(page, field, words):
    """Type into a searchable select and take what is offered."""
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def nothing_is_kept_in(page):
    """Whether the browser has forgotten its copies of forms, which it does when the next page has run its scripts."""
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('kept-form'))")
    return True
