"""What search engines read of a page: a block of data, never shown."""

import json

from django import template
from django.urls import reverse
from django.utils.safestring import mark_safe

from news.links import absolute
from news.models import Race

register = template.Library()

STATES = {
    Race.State.PLANNED: "EventScheduled",
    Race.State.CONFIRMED: "EventScheduled",
    Race.State.POSTPONED: "EventPostponed",
    Race.State.CANCELLED: "EventCancelled",
}

# As in Django's json_script: the text can then stand in any <script> and never end it.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def article_data(context, article):
    """The article as schema.org's NewsArticle."""
    site = context["site"]
    publisher = {"@type": "Organization", "name": site.name, "url": absolute(reverse("news:home"))}
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "description": article.teaser,
        "inLanguage": article.language,
        "datePublished": article.published_at and article.published_at.isoformat(),
        "dateModified": article.last_modified.isoformat(),
        "mainEntityOfPage": absolute(article.get_absolute_url()),
        "image": _images(article.picture),
        "author": {"@type": "Person", "name": article.byline} if article.byline else publisher,
        "publisher": publisher,
        "about": _event(article.race) if article.race else None,
        "correction": [_correction(correction) for correction in article.shown_corrections],
    }
    return _written({name: value for name, value in data.items() if value})


@register.simple_tag
def event_data(race, sessions):
    """The race as schema.org's SportsEvent, with the sessions whose start is known."""
    data = {
        "@context": "https://schema.org",
        **_event(race),
        **_status(STATES[race.state], race.moved_from),
    }
    place = {"location": data["location"]} if race.circuit else {}
    timed = [session for session in sessions if session.starts_at and session.time_known]
    data["subEvent"] = [_session(session) | place for session in timed]
    return _written({name: value for name, value in data.items() if value})


def _correction(correction):
    return {
        "@type": "CorrectionComment",
        "text": correction.text,
        "datePublished": correction.noted_at.isoformat(),
    }


def _session(session):
    """What a race that is off says, is true of each of its sessions."""
    state = "EventCancelled" if session.cancelled else STATES[session.race.state]
    before = session.moved_from and session.moved_from.astimezone(session.race.zone)
    return {
        "@type": "SportsEvent",
        "name": f"{session.race}: {session.title}",
        "startDate": session.track_time.isoformat(),
        **_status(state, before),
    }


def _status(state, before):
    """schema.org's EventStatusType; what takes place at another time than announced, also says when it should have."""
    if before and state == "EventScheduled":
        return {
            "eventStatus": "https://schema.org/EventRescheduled",
            "previousStartDate": before.isoformat(),
        }
    return {"eventStatus": f"https://schema.org/{state}"}


def _images(photo):
    share = photo and photo.share_image
    return [absolute(share.url)] if share else []


def _event(race):
    event = {
        "@type": "SportsEvent",
        "name": str(race),
        "startDate": race.first_day.isoformat(),
        "endDate": race.last_day.isoformat(),
        "url": absolute(race.get_absolute_url()),
    }
    if race.circuit:
        event["location"] = {
            "@type": "Place",
            "name": str(race.circuit),
            "address": race.circuit.place or str(race.circuit),
        }
    return event


def _written(data):
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))
