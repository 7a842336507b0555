"""The latest reports, for pages that no view of ours answers."""

from django import template
from django.utils.translation import get_language

from news.models import Article

register = template.Library()


@register.simple_tag
def latest_reports(number):
    return list(Article.objects.public().in_language(get_language()).newest_first()[:number])
