from django import template
from wagtail.models import Site

from magazine.news.models import SectionPage

register = template.Library()


@register.simple_tag(takes_context=True)
def home_page(context):
    return Site.find_for_request(context["request"]).root_page.localized


@register.simple_tag
def menu_of(home):
    """The pages below the home page that editors have put into the menu."""
    return home.get_children().live().in_menu()


@register.simple_tag
def legal_pages_of(home):
    return SectionPage.objects.child_of(home).live().filter(show_in_menus=False)


@register.simple_tag
def versions_of(page):
    return page.get_translations().live().select_related("locale")
