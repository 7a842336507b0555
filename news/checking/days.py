"""The names of months and days of the week, German and English. Pure."""

GERMAN_MONTHS = (
    "januar|jänner|jan februar|feb märz|mär april|apr mai juni|jun juli|jul august|aug september|sept|sep"
    " oktober|okt november|nov dezember|dez"
)
GERMAN_WEEKDAYS = "montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag"
ENGLISH_MONTHS = (
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep"
    " october|oct november|nov december|dec"
)
ENGLISH_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"


def numbered(names, start):
    """{name: its number} of names in their order, several of one number parted by a bar."""
    return {name: n for n, same in enumerate(names.split(), start) for name in same.split("|")}
