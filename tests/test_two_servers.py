"""Two application servers behind nginx, with one PostgreSQL, one Redis and one bucket: what is saved on one is seen on
the other, and what dies is not missed. All of it is real and on this machine; each part may be killed."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import redis

from tests.bucket import new_bucket, s3_server, storage_url
from tests.newsroom import Editor
from tests.patience import until
from tests.programs import INITDB, NGINX, REDIS, needed
from tests.several import Balancer, Postgres, Redis
from tests.shipped import App, ask, killed, stopped

PROFILE = "/admin/driversite/siteprofile/1/change/"
# Made by a process of the site itself.
MAKE_SITE = """
from django.contrib.auth.models import User
from driversite.models import SiteProfile
User.objects.create_superuser("editor", "editor@example.org", "{password}")
SiteProfile.objects.create(pk=1, name="Erika Muster")
"""
PHOTO = """
from tests.factories import PhotoFactory
photo = PhotoFactory(renditions=True)
print(photo.pk, photo.renditions.first().file.url)
"""
TAKE_DOWN = """
from news.models import Photo
Photo.objects.get(pk={pk}).take_down(None, "Auf Wunsch")
"""


class Site:
    """Everything, and all of it running whenever a test begins."""

    def __init__(self, folder, static, bucket):
        self.database, self.redis = Postgres(), Redis(folder)
        environment = {
            "DATABASE_URL": self.database.url,
            "CACHE_URL": self.redis.url,
            "STORAGE_URL": bucket,
            "STATIC_ROOT": static,
            "SECRET_KEY": secrets.token_urlsafe(64),
        }
        for name in ("one", "two"):
            (folder / name).mkdir()
        self.apps = [App(folder / name, **environment) for name in ("one", "two")]
        self.balancer = Balancer(folder / "nginx", *self.apps)
        self.editor = Editor(secrets.token_urlsafe(12))

    def start(self):
        self.database.start()
        self.redis.start()
        self.apps[0].migrate()
        self.apps[0].shell(MAKE_SITE.format(password=self.editor.password))
        for part in (*self.apps, self.balancer):
            part.start()
        self.editor.log_in(self.balancer.port)

    def whole(self):
        for part in (self.database, self.redis, *self.apps):
            if part.process.poll() is not None:
                part.start()
        until(lambda: self.ask("/healthz").status == 200)
        until(lambda: self.balancer.asks(self.apps))

    def end(self):
        for part in (self.balancer, *self.apps, self.redis):
            stopped(part.process)
        self.database.remove()

    def ask(self, path):
        return ask(self.balancer.port, path)

    def shows(self, app, words):
        return words.encode() in ask(app.port, "/").body

    def rename(self, app, name):
        self.editor.save(app.port, PROFILE, name=name)

    def is_heard_by_redis(self):
        """By every process: two for each server, and the one that asks."""
        for app in self.apps:
            for _each in range(8):
                ask(app.port, "/")
        return len(redis.Redis(port=self.redis.port).client_list(_type="normal")) > 4


@pytest.fixture(scope="module")
def everything(static, tmp_path_factory):
    needed(postgresql=INITDB, redis_server=REDIS, nginx=NGINX)
    with s3_server() as address:
        site = Site(tmp_path_factory.mktemp("several"), static, storage_url(address, new_bucket(address)))
        try:
            site.start()
            yield site
        finally:
            site.end()


@pytest.fixture
def site(everything):
    everything.whole()
    return everything


def test_a_save_on_one_server_is_seen_on_the_other_at_the_next_request(site):
    one, two = site.apps
    for number in range(10):
        for app in (one, two):
            ask(app.port, "/")
        name = f"Erika Muster {number}"
        site.rename((one, two)[number % 2], name)
        # Each of the processes, and not only the one that answers first.
        assert all(site.shows(app, name) for app in (two, one) * 4)


def test_who_logged_in_on_one_server_is_known_on_the_other(site):
    assert all(site.editor.is_in(app.port) for app in site.apps)
    assert site.editor.is_in(site.balancer.port)


def test_an_upload_on_one_server_is_seen_on_the_other_and_a_take_down_is_gone_from_both(site):
    one, two = site.apps
    pk, address = one.shell(PHOTO).split()
    assert [ask(app.port, address).status for app in site.apps] == [200, 200]
    assert not one.media.exists() and not two.media.exists()
    two.shell(TAKE_DOWN.format(pk=pk))
    assert [ask(app.port, address).status for app in site.apps] == [410, 410]


@pytest.mark.parametrize("victim", [0, 1])
def test_killing_a_server_loses_no_request_that_nginx_can_ask_again(site, victim):
    ended, answered = Event(), []

    def visitor():
        while not ended.is_set():
            answered.append(site.ask("/").status)

    with ThreadPoolExecutor(8) as visitors:
        done = [visitors.submit(visitor) for _each in range(8)]
        until(lambda: len(answered) > 100)
        killed(site.apps[victim].process)
        before = len(answered)
        until(lambda: len(answered) > before + 200)
        ended.set()
        for each in done:
            each.result()
    assert set(answered) == {200}
    site.rename(site.apps[1 - victim], f"Erika allein {victim}")
    assert site.editor.is_in(site.balancer.port)


def test_without_redis_pages_are_answered_and_saves_are_saved(site):
    one, two = site.apps
    killed(site.redis.process)
    assert {ask(app.port, "/").status for app in site.apps * 8} == {200}
    site.rename(one, "Erika ohne Redis")
    # Nobody can tell the others; but nobody trusts a page for longer than two seconds.
    until(lambda: all(site.shows(app, "Erika ohne Redis") for app in site.apps * 4))
    site.redis.start()
    until(site.is_heard_by_redis)
    for number in range(4):
        name = f"Erika mit Redis {number}"
        site.rename((one, two)[number % 2], name)
        assert all(site.shows(app, name) for app in (two, one) * 4)


def test_without_postgresql_visitors_read_on_and_the_newsroom_says_so(site):
    one, two = site.apps
    assert site.ask("/").status == 200
    killed(site.database.process)
    assert {ask(app.port, "/").status for app in site.apps * 4} == {200}
    assert ask(one.port, "/healthz").status == ask(two.port, "/healthz").status == 503
    status, text = site.editor.open(site.balancer.port, PROFILE)
    assert status == 503 and "Nichts ist verloren" in text
    # Visitors do not notice: the answer of the newsroom is no reason to leave a server alone.
    assert {site.ask("/").status for _each in range(8)} == {200}
    site.database.start()
    until(lambda: all(ask(app.port, "/healthz").status == 200 for app in site.apps * 4))
    site.rename(one, "Erika wieder da")
    assert all(site.shows(app, "Erika wieder da") for app in (two, one) * 4)
