"""What people are called and how moments are said in the newsroom, for its templates."""

from django import template

from news import people

register = template.Library()
register.filter("clock", people.clock)
register.filter("name_of", people.name_of)
