"""What a change of a row means to people who were told of it before. Pure."""

from typing import TypeVar

When = TypeVar("When")


def differs(row, stored, names) -> bool:
    """Whether a row now says anything else than the stored one in these fields."""
    return any(getattr(row, name) != getattr(stored, name) for name in names)


def first_announced(
    before: When | None, now: When | None, remembered: When | None, wanted: When | None
) -> When | None:
    """What to show as "was": the value that was announced first, however often it moved since; None once it is back.

    `remembered` is what the stored row shows, `wanted` what the row shall show: where they differ, an editor has
    written or emptied it, and that word counts.
    """
    told = wanted if wanted != remembered or now == before else remembered or before
    return None if told == now else told


def with_fields(kwargs, names):
    """The arguments of save(): where it writes only some fields, those that follow from them go along."""
    only = kwargs.get("update_fields")
    return kwargs if only is None else kwargs | {"update_fields": {*only, *names}}
