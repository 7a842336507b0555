"""A database from before the first release is refused with a sentence, not with a page full of traceback."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from news.models import Contradiction, Result


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_database_of_before_the_first_release_is_refused_with_a_sentence():
    column = Result._meta.get_field("place_in_class")
    with connection.schema_editor() as editor:
        editor.remove_field(Result, column)
    try:
        with pytest.raises(
            SystemCheckError, match=r"lacks news_result\.place_in_class.*before the first release"
        ):
            call_command("migrate", verbosity=0, skip_checks=False)
    finally:
        with connection.schema_editor() as editor:
            editor.add_field(Result, column)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_that_lacks_a_whole_table_as_well():
    with connection.schema_editor() as editor:
        editor.delete_model(Contradiction)
    try:
        with pytest.raises(SystemCheckError, match=r"lacks news_contradiction\..*before the first release"):
            call_command("migrate", verbosity=0, skip_checks=False)
    finally:
        with connection.schema_editor() as editor:
            editor.create_model(Contradiction)


@pytest.mark.django_db
def test_a_database_of_this_version_is_taken():
    assert run_checks(databases=["default"]) == []
