"""Many rows at a glance: an inline as a table whose head names the columns once; on a phone a block a row."""

from django.contrib import admin
from django.forms import Script

from news.admin.fields import OurFields, OurRows


class InGrid(OurFields, admin.TabularInline):
    template = "admin/news/_grid.html"
    formset = OurRows
    extra = 0

    class Media:
        css = {"all": ["css/admin-grid.css"]}
        js = [Script("js/admin/grid.js", type="module")]
