"""Who may do what: every address of the newsroom and every action, for every role, against a written table."""

import logging

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.utils.safestring import mark_safe

from news.models import Article
from tests.factories import member
from tests.permissions import (
    ROLES,
    actions_for,
    address_of,
    is_open,
    letters_of,
    names_of_the_newsroom,
    only_tried,
    pages_for,
    rows_for,
    written,
)

pytestmark = pytest.mark.django_db
TABLE = written()
# Of Django's own: every row's address without "change/" leads to the one with it, and the rest is not found.
NAMELESS = {"admin/(?P<url>.*)$"}
FORMS = ("changelist", "add", "change", "history", "delete")


@pytest.fixture(autouse=True)
def _only_whether_doors_open(monkeypatch):
    """A thousand pages of which only the status counts, and as many refusals, each with its traceback in the log."""
    monkeypatch.setattr(
        "django.template.backends.django.Template.render", lambda *args, **kwargs: mark_safe("")
    )
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(params=ROLES)
def role(request):
    return request.param


@pytest.fixture
def user(client, role):
    user = None if role == "nobody" else member(role)
    if user:
        client.force_login(user)
    return user


def first_of_each(rows):
    """{name of the kind: its first row}"""
    kinds = {}
    for name, row in rows.items():
        kinds.setdefault(name.split(",")[0], row)
    return kinds


def test_every_address_stands_in_the_table():
    rows = rows_for(None)
    pages = pages_for(rows)
    assert (set(rows), set(pages)) == (set(TABLE["rows"]), set(TABLE["pages"]))
    kinds = {type(row) for row in rows.values()}
    assert kinds == set(admin.site._registry), (
        "a kind of row that is in no row of the table, or no longer there"
    )
    known = {name for name, _address in pages.values()} | NAMELESS
    for kind in kinds:
        label = f"{kind._meta.app_label}_{kind._meta.model_name}"
        known |= {f"admin:{label}_{form}" for form in FORMS}
        known.add(
            f"admin/{label.replace('_' + kind._meta.model_name, '/' + kind._meta.model_name)}/<path:object_id>/"
        )
    assert names_of_the_newsroom() == known


def test_every_action_stands_in_the_table():
    known = {
        f"{name} {action}"
        for name, row in first_of_each(rows_for(None)).items()
        for action in actions_of(type(row))
    }
    assert known == set(TABLE["actions"])


def actions_of(model):
    """Names of all actions of its list, whoever they are for."""
    model_admin = admin.site.get_model_admin(model)
    return (
        {name for _call, name, _words in model_admin._get_base_actions()}
        if model_admin.actions is not None
        else ()
    )


def test_rows_can_be_reached_and_changed_as_the_table_says(client, role, user):
    rows, found = rows_for(user), {}
    kinds = first_of_each(rows)
    for name, row in rows.items():
        of_kind = kinds[name.split(",")[0]] is row
        letters = letters_of(client, row, of_kind=of_kind)
        # The list and the form of a new row are the same for all rows of a kind.
        said = TABLE["rows"][name][role]
        found[name] = letters if of_kind else "".join(x for x in said if x in "la") + letters
    assert found == {name: letters[role] for name, letters in TABLE["rows"].items()}


def test_pages_open_as_the_table_says(client, role, user):
    found = {
        name: " ".join(method for method in ("get", "post") if is_open(client, method, address))
        for name, (_name, address) in pages_for(rows_for(user)).items()
    }
    assert found == {name: methods[role] for name, methods in TABLE["pages"].items()}


@pytest.mark.parametrize("role", ["nobody", "staff", "Reporter"], indirect=True)
def test_who_may_not_see_a_row_does_not_learn_whether_it_is_there(client, role, user):
    row = rows_for(user)["page"]
    for form in ("change", "delete"):
        answers = [client.get(address_of(row, form, pk)).status_code for pk in (row.pk, 12_345)]
        assert answers == [302 if role == "nobody" else 403] * 2
    assert not is_open(client, "get", "/admin/nothing/here/")


def everything():
    """All rows of all tables of ours, but for the log."""
    ours = [
        model
        for label in ("news", "sponsors", "driversite", "auth")
        for model in apps.get_app_config(label).get_models()
    ]
    return {
        model._meta.label: list(model.objects.order_by("pk").values()) for model in ours if model is not User
    }


def test_actions_are_offered_and_done_as_the_table_says(client, role, user):
    kinds, wrong = first_of_each(rows_for(user)), []
    before = everything()
    for name, allowed in TABLE["actions"].items():
        kind, action = name.rsplit(" ", 1)
        row = kinds[kind]
        is_offered = action in actions_for(user, type(row))
        if is_offered is not (allowed[role] == "yes"):
            wrong.append(name)
        if not is_offered:
            sent = {"action": action, "_selected_action": [row.pk], "post": "yes"}
            with only_tried():
                answer = client.post(address_of(row, "changelist"), sent)
                # Else it would lead on to the page where one confirms.
                assert answer.headers.get("Location", "").split("?")[0] in (
                    "",
                    "/admin/login/",
                    address_of(row, "changelist"),
                    address_of(row, "change", row.pk),
                ), (name, answer.headers)
                if everything() != before:
                    wrong.append(f"{name} did something")
    assert wrong == []


def test_nobody_deletes_among_several_what_they_may_not_delete_alone(client, role, user):
    rows = rows_for(user)
    for name, row in rows.items():
        if "d" in TABLE["rows"][name][role]:
            continue
        sent = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        with only_tried():
            client.post(address_of(row, "changelist"), sent)
            assert type(row)._default_manager.filter(pk=row.pk).exists(), name


def searchable():
    """(app, model, field, model that it leads to) of all relations that a select may search through."""
    found = {row: rows for row, rows in admin.site._registry.items() if rows.search_fields}
    for model in apps.get_models():
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            if field.remote_field and field.related_model in found:
                yield model._meta.app_label, model._meta.model_name, field.name, field.related_model


def test_a_select_searches_only_what_its_user_may_see(client, role, user):
    rows = rows_for(user)
    may_see = {type(row) for name, row in rows.items() if "v" in TABLE["rows"][name][role]}
    fields = [*searchable()]
    assert len(fields) > 20
    for app, model, name, related in fields:
        address = f"/admin/autocomplete/?app_label={app}&model_name={model}&field_name={name}&term="
        assert is_open(client, "get", address) is (related in may_see), (app, model, name)


def test_who_may_not_release_hands_out_no_release_in_any_form(client, role, user):
    """Posted to the form of a new article, whatever the form offers."""
    sent = {
        "headline": "Sofort",
        "language": "de",
        "kind": "report",
        "stage": "released",
        "_step": "release",
        "body": "<p>Da.</p>",
    }
    inline = {"gallery_photos-TOTAL_FORMS": 0, "gallery_photos-INITIAL_FORMS": 0}
    client.post("/admin/news/article/add/", sent | inline)
    released = Article.objects.filter(headline="Sofort", stage="released").exists()
    assert released is (role in ("Editor", "Administrator"))
