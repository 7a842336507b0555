"""Places in a text that only a person can fill, as a draft leaves them. Pure."""

QUOTE = {"de": "„[Zitat]“", "en": "“[Quote]”"}
# As they are found again, whatever quotation marks an editor has made of those around them.
OPEN = ("[Zitat]", "[Quote]")


def open_slots(text: str) -> list[str]:
    """The places that nobody has filled yet, each as it stands in the text."""
    return [slot for slot in OPEN for _each in range(text.count(slot))]
