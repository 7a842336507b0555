"""The addresses of database, cache and storage: what they become, and what is refused before anything starts."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, storages

from driversite.environment import backing

KEYS = "s3://AKIA:ses%2Fame@s3.example.org:9000/pictures"
POSTGRES = "postgres://driversite:sesame@10.0.0.4:5432/driversite"


def refusal(of, *values):
    with pytest.raises(ImproperlyConfigured) as error:
        of(*values)
    sentence = str(error.value)
    assert "sesame" not in sentence and "ses%2Fame" not in sentence and "See .env.example." in sentence
    return sentence


def test_postgresql_is_spoken_to_through_a_pool_whose_connections_are_tried_first():
    config = backing.database(POSTGRES)
    assert config["CONN_HEALTH_CHECKS"] and config["CONN_MAX_AGE"] == 0
    assert config["OPTIONS"]["pool"]["max_size"] == 12
    assert config["OPTIONS"]["connect_timeout"] == 3


def test_the_address_of_the_database_may_say_more():
    config = backing.database(f"{POSTGRES}?pool=20&sslmode=require&conn_max_age=60")
    assert config["OPTIONS"]["pool"]["max_size"] == 20
    assert config["OPTIONS"]["sslmode"] == "require"
    # Django refuses a pool whose connections requests keep as well.
    assert config["CONN_MAX_AGE"] == 0
    assert "pool=" in refusal(backing.database, f"{POSTGRES}?pool=many")


def test_a_file_stays_open_between_requests_unless_its_address_says_otherwise():
    for address, seconds in (
        ("sqlite:////tmp/a.sqlite3", 60),
        ("sqlite:////tmp/a.sqlite3?conn_max_age=0", 0),
    ):
        assert backing.database(address)["CONN_MAX_AGE"] == seconds


def test_what_one_address_says_changes_no_other():
    backing.database(f"{POSTGRES}?pool=20&sslmode=require")
    assert backing.database(POSTGRES)["OPTIONS"]["pool"]["max_size"] == 12
    assert "sslmode" not in backing.database(POSTGRES)["OPTIONS"]


@pytest.mark.parametrize(
    "url",
    [
        "postgres://driversite:sesame@10.0.0.4",
        f"{POSTGRES}/",
        f"{POSTGRES},{POSTGRES}",
        f"{POSTGRES} {POSTGRES}",
        "postgres://driversite:ses/ame@10.0.0.4/driversite",
        "postgres://driversite:1#sesame@10.0.0.4/driversite",
        "postgres://driversite:sesame@10.0.0.4:0/driversite",
        "postgres://driversite:sesame@10.0.0.4:99999/driversite",
        "postgres://driversite:sesame@müller.example/driversite",
        "postgres:driversite",
        "mysql://driversite:sesame@10.0.0.4/driversite",
        f"{POSTGRES}?foo=1",
        f"{POSTGRES}?sslmode=requird",
        f"{POSTGRES}?connect_timeout=soon",
        f"{POSTGRES}?atomic_requests=maybe",
        "sqlite://db.sqlite3",
        "sqlite:///srv/driversite/db.sqlite3",
        "sqlite:///:memory:",
        "sqlite:///C:\\db.sqlite3",
        "sqlite:////tmp",
        "sqlite:////tmp/db.sqlite3?foo=1",
        "/srv/driversite/db.sqlite3",
    ],
)
def test_a_database_that_cannot_be_used_is_refused(url):
    assert refusal(backing.database, url).count("DATABASE_URL") == 1


@pytest.mark.parametrize("hosts", ["10.0.0.4:5432,10.0.0.5", "%2Fvar%2Frun%2Fpostgresql", "", "[::1]:5433"])
def test_postgresql_may_be_a_socket_or_several_hosts(hosts):
    assert backing.database(f"postgres://{hosts}/driversite?connect_timeout=9")["NAME"] == "driversite"


@pytest.mark.parametrize(
    "url",
    [
        "redis://:sesame@10.0.0.5:6379/0",
        "rediss://cache.example.org",
        "redis://redis_1/2/",
        "rediss://cache.example.org/0?ssl_cert_reqs=none",
    ],
)
def test_redis_is_waited_for_only_shortly(url):
    config = backing.cache(url)
    assert config["BACKEND"].endswith("RedisCache") and config["LOCATION"] == url
    assert config["OPTIONS"]["socket_timeout"] <= 1 and config["OPTIONS"]["socket_connect_timeout"] <= 1


@pytest.mark.parametrize(
    "url",
    [
        "memcache://127.0.0.1:11211",
        "redis://",
        "filecache:///tmp/x",
        "redis://:sesame@host:port/0",
        "redis",
        "10.0.0.5:6379",
        "redis://h:6379/0?foo=1",
        "redis://h/x",
        "redis://h/0/1",
        "redis://h/0,redis://i/0",
        "redis://h:0/0",
        "redis://h:99999/0",
        "redis://müller.example/0",
        "redis://:1#sesame@h/0",
        "redis://[zz]/0",
        "redis://h/0?ssl_cert_reqs=none",
        "rediss://h/0?ssl_cert_reqs=maybe",
        "rediss://h/0?ssl_ca_certs=/nowhere/ca.pem",
    ],
)
def test_another_cache_is_refused(url):
    assert refusal(backing.cache, url).count("CACHE_URL") == 1


def test_uploads_lie_in_a_folder_unless_a_bucket_is_named():
    config = backing.storage("")
    assert config["BACKEND"].endswith("FolderStorage") and backing.sources(config) == []
    assert isinstance(storages["default"], FileSystemStorage)


def test_a_bucket_is_named_by_key_secret_host_and_region():
    config = backing.storage(f"{KEYS}?region=eu-central-1&public=https://media.example.org")
    assert config["OPTIONS"] == {
        "access_key": "AKIA",
        "secret_key": "ses/ame",
        "bucket_name": "pictures",
        "endpoint_url": "https://s3.example.org:9000",
        "region_name": "eu-central-1",
        "public": "https://media.example.org",
    }
    assert backing.sources(config) == ["https://media.example.org/"]
    # Without a public address the site hands the files out itself, and no other origin is allowed.
    assert backing.sources(backing.storage(KEYS)) == []


@pytest.mark.parametrize(
    "url",
    [
        "bucket",
        "gs://key:sesame@storage.example.org/pictures",
        "s3://s3.example.org/pictures",
        "s3://key:ses/ame@s3.example.org/pictures",
        "s3://key:sesame@s3.example.org",
        "s3://key:sesame@s3.example.org/two/buckets",
        "s3://key:sesame@s3.example.org:port/pictures",
        f"{KEYS}?public=media.example.org",
        f"{KEYS}?public=https://media.example.org;script-src+*",
        f"{KEYS}?reigon=eu-central-1",
        f"{KEYS}?region=eu-central-1&region=eu-west-1",
        f"{KEYS}?region=",
        f"{KEYS}?region=eu_central",
        f"{KEYS}?public=https://media.example.org:99999",
        f"{KEYS}#pictures",
        "s3://key:sesame@s3.example.org:0/pictures",
        "s3://key:sesame@müller.example/pictures",
        "s3://key:sesame@s3.example.org/bücket",
    ],
)
def test_a_storage_that_cannot_be_used_is_refused(url):
    assert "STORAGE_URL" in refusal(backing.storage, url)


@pytest.mark.parametrize(
    ("name", "of", "value", "package"),
    [
        ("DATABASE_URL", backing.database, POSTGRES, "psycopg_pool"),
        ("CACHE_URL", backing.cache, "redis://10.0.0.5", "redis"),
        ("STORAGE_URL", backing.storage, KEYS, "storages"),
    ],
)
def test_a_package_that_is_not_installed_is_named_with_the_lock_that_has_it(
    monkeypatch, name, of, value, package
):
    monkeypatch.setattr(backing, "find_spec", lambda asked: None if asked == package else asked)
    sentence = refusal(of, value)
    assert name in sentence and package in sentence and "requirements-servers.lock" in sentence
