"""How what is related is found and shown: searchable selects, and photos by their smallest rendition."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.template.loader import render_to_string


def thumbnail_of(photo):
    """The smallest rendition, or None while a photo has none; the original is never sent as a thumbnail."""
    return next(iter(photo.sources["webp"]), None) if photo else None


def thumbnail(photo):
    return render_to_string("admin/news/_thumbnail.html", {"photo": photo, "rendition": thumbnail_of(photo)})


class SearchSelect(AutocompleteSelect):
    """A searchable select that takes an address with nonsense in it for what it is: nothing chosen."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        """Django empties the words for "nothing chosen"; ours say what then happens."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-placeholder": base_attrs.get("data-placeholder", "")}

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [pk for pk in value if str(pk).isdecimal()], attr)


class SearchSelectMultiple(AutocompleteSelectMultiple):
    """Each choice has a cross of its own; one for all of them would stand where no screen reader expects it."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


class PhotoSelect(SearchSelect):
    """Here the chosen photo shows its thumbnail; matches bring theirs with them."""

    def optgroups(self, name, value, attr=None):
        groups = super().optgroups(name, value, attr)
        chosen = [pk for pk in value if str(pk).isdecimal()]
        photos = self.choices.queryset.filter(pk__in=chosen).prefetch_related("renditions") if chosen else []
        found = {str(photo.pk): thumbnail_of(photo) for photo in photos}
        for option in groups[0][1]:
            if rendition := found.get(str(option["value"])):
                option["attrs"]["data-thumbnail"] = rendition.file.url
        return groups
