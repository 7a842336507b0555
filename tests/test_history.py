"""A changed article: what was looked at is what is changed, and every state is kept."""

import pytest
from django.contrib.auth.models import User
from reversion.models import Version

from news.history import Stale, new_version
from news.models import Article
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def test_a_change_becomes_a_version_with_who_and_why():
    article, user = ArticleFactory(headline="Vorher"), User.objects.create_user("reporter")
    with new_version(article.pk, user, seen=article.version, comment="Tippfehler") as stored:
        stored.headline = "Nachher"
        stored.save()
    version = Version.objects.get_for_object(article).get()
    assert version.field_dict["headline"] == "Nachher"
    assert (version.revision.user, version.revision.comment) == (user, "Tippfehler")


def test_a_change_of_what_somebody_else_has_saved_meanwhile_is_refused_and_stores_nothing():
    article, user = ArticleFactory(headline="Vorher"), User.objects.create_user("reporter")
    seen = article.version
    with new_version(article.pk, user, seen=seen) as stored:
        stored.headline = "Die andere"
        stored.save()
    with pytest.raises(Stale) as refused, new_version(article.pk, user, seen=seen):
        pytest.fail("What is out of date is not handed out.")
    assert refused.value.stored.headline == "Die andere"
    assert Article.objects.get().headline == "Die andere"
    assert Version.objects.get_for_object(article).count() == 1
