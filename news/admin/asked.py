"""Which rows an address of the newsroom asks for: `?lists=3,7`, or `?photos=3&photos=7` as ticked boxes say it."""

# No table has more rows than an id of so many figures, and no database column holds much longer ones.
LONGEST = 9


def ids_in(request, name) -> list[str]:
    """The ids that stand in the address under this name; what is none is left out."""
    texts = ",".join(request.GET.getlist(name)).split(",")
    return [text for text in texts if text.isdecimal() and len(text) <= LONGEST]
