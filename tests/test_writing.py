"""What the text editor asks the newsroom, and that everybody hears only what they may see."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    DriverFactory,
    PageFactory,
    PhotoFactory,
    RaceFactory,
    SessionFactory,
    member,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(client):
    """Sign in as somebody of a group."""

    def sign_in(group):
        client.force_login(member(group))
        return client

    return sign_in


def found(client, kind, words="", language="de"):
    address = f"/admin/news/article/editor/find/?kind={kind}&q={words}&language={language}"
    return client.get(address).json()["results"]


def test_a_link_is_found_by_typing_in_the_language_of_the_text(newsroom):
    client = newsroom("Editor")
    ArticleFactory(headline="Sieg in Zolder", slug="sieg")
    ArticleFactory(headline="Victory at Zolder", slug="victory", language="en")
    RaceFactory(name="Zolder", slug="zolder", first_day=date(2014, 5, 1))
    DriverFactory(first_name="Zoe", last_name="Zolder", slug="zoe", ours=True)
    DriverFactory(first_name="Zack", last_name="Zolder", ours=False)
    PageFactory(title_de="Fanclub Zolder", slug="fanclub")
    german = ["/news/sieg/", "/rennen/2014/zolder/", "/fahrer/zoe/", "/seite/fanclub/"]
    assert [row["value"] for row in found(client, "link", "zolder")] == german
    english = [row["value"] for row in found(client, "link", "zolder", "en")]
    assert english[:3] == ["/en/news/victory/", "/en/races/2014/zolder/", "/en/driver/zoe/"]
    assert [row["value"] for row in found(client, "link", "kalen")] == ["/kalender/"]


def test_what_is_not_public_says_so(newsroom):
    client = newsroom("Editor")
    ArticleFactory(headline="Morgen", published_at=timezone.now() + timedelta(days=1))
    PageFactory(title_de="Geheim", published_at=None)
    assert all(
        "noch nicht" in row["note"] for row in found(client, "link") if row["title"] in ("Morgen", "Geheim")
    )


def test_a_reporter_does_not_find_what_a_reporter_may_not_see(newsroom):
    PageFactory(title_de="Geheim", published_at=None)
    assert found(newsroom("Reporter"), "link", "geheim") == []


def test_photos_are_found_by_their_words_with_a_thumbnail_and_only_while_they_are_licensed(newsroom):
    client = newsroom("Reporter")
    photo = PhotoFactory(caption_de="Am Abend", credit="Foto: Muster", renditions=True)
    PhotoFactory(caption_de="Am Abend davor", licence_ends_on=timezone.localdate() - timedelta(days=1))
    (row,) = found(client, "photo", "abend")
    assert (row["value"], row["title"], row["note"]) == (str(photo.pk), "Am Abend", "Foto: Muster")
    assert row["thumbnail"].endswith(".webp")


def test_sessions_are_found_by_their_race_and_say_whether_there_is_a_result(newsroom):
    client = newsroom("Reporter")
    race = RaceFactory(name="Zolder")
    listed = SessionFactory(race=race)
    ClassificationFactory(session=listed)
    SessionFactory(race=race, kind="qualifying")
    rows = {row["value"]: row for row in found(client, "session", "zolder")}
    assert len(rows) == 2 and "Zolder" in rows[str(listed.pk)]["title"]
    assert "warning" not in rows.pop(str(listed.pk)) and "warning" in rows.popitem()[1]


def test_what_belongs_to_the_race_of_the_article_is_found_first(newsroom):
    client = newsroom("Reporter")
    race, later = RaceFactory(first_day=date(2014, 4, 6)), RaceFactory(first_day=date(2026, 4, 6))
    ours, theirs = SessionFactory(race=race), SessionFactory(race=later)
    photo, _newer = PhotoFactory(race=race), PhotoFactory(race=later)
    assert found(client, "session")[0]["value"] == str(theirs.pk)
    assert found(client, "session", f"&race={race.pk}")[0]["value"] == str(ours.pk)
    assert found(client, "photo", f"&race={race.pk}")[0]["value"] == str(photo.pk)
    assert found(client, "session", "&race=x")[0]["value"] == str(theirs.pk)


def test_marks_are_described_and_what_is_gone_is_left_out(newsroom):
    client = newsroom("Reporter")
    photo, session = PhotoFactory(caption_de="Am Abend"), SessionFactory()
    address = f"/admin/news/article/editor/marks/?photos={photo.pk},99,x&sessions={session.pk}"
    answer = client.get(address).json()
    assert {key: row["title"] for key, row in answer["photos"].items()} == {str(photo.pk): "Am Abend"}
    assert list(answer["sessions"]) == [str(session.pk)]


def test_a_text_with_many_marks_costs_a_fixed_number_of_questions(newsroom, django_assert_max_num_queries):
    client = newsroom("Editor")
    photos = ",".join(str(photo.pk) for photo in PhotoFactory.create_batch(30))
    with django_assert_max_num_queries(12):
        assert len(client.get(f"/admin/news/article/editor/marks/?photos={photos}").json()["photos"]) == 30


def test_a_long_article_with_thirty_photos_opens_at_a_fixed_price(newsroom, django_assert_max_num_queries):
    client = newsroom("Editor")
    photos = [str(photo.pk) for photo in PhotoFactory.create_batch(30)]
    words = "Jens Klingmann wird Zweiter in Spa. " * 17
    article = ArticleFactory(
        body="".join(f'<p>{words}</p><figure data-photo="{key}"></figure>' for key in photos)
    )
    assert len(article.body_text.split()) > 3_000
    with django_assert_max_num_queries(30):
        assert client.get(f"/admin/news/article/{article.pk}/change/").status_code == 200
        client.get(f"/admin/news/article/editor/marks/?photos={','.join(photos)}")
    with django_assert_max_num_queries(10):
        assert client.get(article.get_absolute_url()).text.count("photo-block") == 30


def test_typography_comes_back_clean(newsroom):
    client = newsroom("Reporter")
    address = "/admin/news/article/editor/tidy/"
    text = '<p onclick="x">"Stark" - 8:31 min</p><figure data-photo="3"></figure>'
    answer = client.post(address, {"text": text, "kind": "html", "language": "de"}).json()
    assert answer["text"] == '<p>„Stark“ – 8:31&nbsp;min</p><figure data-photo="3"></figure>'
    answer = client.post(address, {"text": 'A "B" < C', "kind": "words", "language": "en"}).json()
    assert answer == {"text": "A “B” < C", "is_changed": True}
    answer = client.post(address, {"text": answer["text"], "kind": "words", "language": "en"}).json()
    assert answer["is_changed"] is False


@pytest.mark.parametrize("address", ["find/?kind=link", "marks/", "tidy/"])
def test_who_writes_nothing_asks_nothing(client, address):
    client.force_login(member("staff"))
    address = f"/admin/news/article/editor/{address}"
    assert client.get(address).status_code == client.post(address).status_code == 403
