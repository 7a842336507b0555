"""One site for all tests of this folder: the production server, nginx in front of it, and a little of everything."""

import json
from types import SimpleNamespace

import pytest

from tests.programs import NGINX, needed
from tests.shipped import App, Beside, Nginx

CONTENT = """
import json
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from news.models import Photo
from tests.factories import ArticleFactory, PhotoFactory, ShareLinkFactory

editor = User.objects.create_superuser("editor", "", "pit-lane-speed")
photo, gone = PhotoFactory(), PhotoFactory()
gone_url = gone.file.url
gone.take_down(editor, "The driver asks for it.")
article = ArticleFactory(headline="Platz zwei", slug="platz-zwei")
link = ShareLinkFactory(article__headline="Noch geheim")
print(json.dumps({
    "article": article.get_absolute_url(),
    "change": f"/admin/news/article/{article.pk}/change/",
    "photo": photo.file.url,
    "gone": gone_url,
    "share": link.get_absolute_url(),
}))
"""


@pytest.fixture(scope="session")
def site(static, tmp_path_factory):
    """`site.app`, `site.nginx`, and addresses."""
    needed(nginx=NGINX)
    folder = tmp_path_factory.mktemp("shipped")
    app = App(folder, STATIC_ROOT=static)
    app.migrate()
    addresses = json.loads(app.shell(CONTENT).splitlines()[-1])
    app.start()
    nginx = Nginx(folder / "nginx", app)
    nginx.start()
    yield SimpleNamespace(app=app, nginx=nginx, **addresses)
    nginx.stop()
    app.stop()


@pytest.fixture
def nginx(site):
    return site.nginx


@pytest.fixture
def beside(nginx, tmp_path):
    """Starts another nginx with this site file, in which some words are others."""
    started = []

    def start(words=()):
        started.append(Beside(nginx, tmp_path / f"nginx-{len(started)}", dict(words)))
        started[-1].start()
        return started[-1]

    yield start
    for each in started:
        each.stop()
