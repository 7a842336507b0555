"""A visitor who opens everything: all public addresses of the site, found as a crawler finds them."""

import re
from html import unescape
from urllib.parse import urldefrag, urlsplit

START = """
/ /en/ /sitemap.xml /sitemap-news.xml /robots.txt /.well-known/security.txt /feed/ /feed.json /en/feed/ /en/feed.json
/kalender.ics /en/calendar.ics /suche/?q=marker /en/search/?q=marker /cookies/ /en/cookies/
/diese-seite-gibt-es-nicht/ /en/there-is-no-such-page/
""".split()
LINK = re.compile(
    r"""(?:href|src|action)=["']([^"'\s]+)["']|<loc>([^<]+)</loc>|"(?:url|image)": ?"([^"]+)\""""
)
SRCSET = re.compile(r'srcset="([^"]+)"')
# A month without a race: from there it goes on to the next one, for years.
MONTH, EMPTY = re.compile(r"/(?:kalender|calendar)/\d+/\d+/$"), '<meta name="robots" content="noindex">'


def visit_everything(client, start=START, at_most=400):
    """Yield (address, response) for every page and file of this site that can be reached by links from the start."""
    todo, seen = list(start), set(start)
    while todo and len(seen) < at_most:
        address = todo.pop(0)
        response = client.get(address, follow=False)
        yield address, response
        if response.status_code in (301, 302):
            found = [response["Location"]]
        elif "html" in response.get("Content-Type", "") or "xml" in response.get("Content-Type", ""):
            text = text_of(response)
            found = [] if MONTH.search(address) and EMPTY in text else links_in(text)
        else:
            found = []
        for link in found:
            link = ours(link)
            if link and link not in seen and not link.startswith(("/admin/", "/static/", "/consent/")):
                seen.add(link)
                todo.append(link)


def whole_sitemap(client):
    """The text of all its parts."""
    parts = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").text)
    return "".join(client.get(ours(part)).text for part in parts)


def links_in(html):
    for match in LINK.finditer(html):
        yield unescape(next(filter(None, match.groups())))
    for match in SRCSET.finditer(html):
        for candidate in unescape(match[1]).split(","):
            yield candidate.split()[0]


def ours(link):
    """The link as a path of this site, or None."""
    parts = urlsplit(urldefrag(link).url)
    if parts.scheme not in ("", "http", "https") or parts.netloc not in ("", "testserver"):
        return None
    if not parts.path.startswith("/"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def text_of(response):
    """The body as text; a file's bytes as far as they are text."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace")
