"""What is done with an address beside reading it: refused at once where nothing can be sent, in words that help."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.factories import ArticleFactory, ShareLinkFactory

READ_ONLY = ["/", "/en/news/", "/nirgends/", "/cookies/", "/media/photos/x.jpg", "/static/css/site.css"]
# Each answers in its own way, but for them there is somebody who takes it.
FORMS = ["/admin/", "/admin/login/", "/consent/"]


@pytest.fixture
def strict():
    """As a browser is met: the forms' tokens count."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("path", READ_ONLY)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_what_can_only_be_read_refuses_the_rest_without_a_question(strict, path, method):
    """And so without a rendering: no database is allowed here."""
    answer = strict.generic(method, path, "a=1", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert len(answer.content) < 100 and not answer.cookies


@pytest.mark.parametrize(
    ("path", "words"),
    [("/news/", "kann gelesen werden"), ("/en/news/", "can be read")],
)
def test_the_refusal_speaks_the_language_of_the_address(client, path, words):
    assert words in client.post(path).text


@pytest.mark.parametrize("path", READ_ONLY)
def test_whoever_asks_what_is_possible_is_told_without_a_page(client, path):
    answer = client.options(path)
    assert (answer.status_code, answer.headers["Allow"], answer.content) == (204, "GET, HEAD", b"")


@pytest.mark.parametrize("path", FORMS)
def test_where_forms_lead_they_are_taken_and_nothing_else_is(client, path):
    assert client.options(path).headers["Allow"] == "GET, HEAD, POST"
    for method in ("PUT", "TRACE"):
        assert client.generic(method, path).status_code == 405


@pytest.mark.django_db
def test_an_answer_to_a_draft_is_taken_in_both_languages(strict):
    link = ShareLinkFactory(both_languages=True)
    for language in ("de", "en"):
        address = link.address_in(language) or link.get_absolute_url()
        assert strict.post(address).status_code != 405
        assert strict.put(address).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words", "button"),
    [
        ("de", "Das Formular ist abgelaufen", "Formular neu öffnen"),
        ("en", "The form has expired", "Open the form anew"),
    ],
)
def test_an_expired_form_says_so_in_the_readers_language_and_leads_on(strict, language, words, button):
    login, origin = reverse("admin:login"), "http://testserver"
    answer = strict.post(
        login,
        {"username": "x"},
        headers={"Accept-Language": language, "Referer": f"{origin}{login}?next=/admin/"},
    )
    assert answer.status_code == 403
    assert words in answer.text and button in answer.text and "CSRF" not in answer.text
    assert f'href="{origin}{login}?next=/admin/"' in answer.text
    assert "css/site.css" in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["", "https://evil.example/admin/", "javascript:alert(1)"])
def test_an_expired_form_never_leads_to_another_site(strict, elsewhere):
    strict.force_login(User.objects.create_superuser("chief"))
    article = ArticleFactory()
    answer = strict.post(
        reverse("admin:news_article_change", args=[article.pk]),
        {"headline": "x"},
        headers={"Referer": elsewhere} if elsewhere else {},
    )
    assert answer.status_code == 403 and 'class="button is-main" href="/admin/"' in answer.text
    article.refresh_from_db()
    assert article.headline != "x"
