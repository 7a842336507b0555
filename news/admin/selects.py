"""How what is related is found and shown: searchable selects, and photos by their smallest rendition."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.template.loader import render_to_string


def thumbnail_of(photo):
    """The smallest rendition, the JPEG while there is no other; the original is never sent as a thumbnail."""
    return next(iter(photo.sources["webp"] or photo.sources["jpeg"]), None) if photo else None


def thumbnail(photo):
    return render_to_string("admin/news/_thumbnail.html", {"photo": photo})


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

    # Photos that the form has at hand: thirty rows of a gallery need not ask for theirs one by one.
    known = ()

    def optgroups(self, name, value, attr=None):
        """The chosen photo alone, and nothing in front of it where there need not be one: as Django's own does."""
        chosen = [str(pk) for pk in value if str(pk).isdecimal()]
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for photo in self._photos(chosen):
            label = self.choices.field.label_from_instance(photo)
            option = self.create_option(name, photo.pk, label, True, len(options))
            if rendition := thumbnail_of(photo):
                option["attrs"]["data-thumbnail"] = rendition.url
            options.append(option)
        return [(None, options, 0)]

    def _photos(self, chosen):
        known = [photo for photo in self.known if str(photo.pk) in chosen]
        if not chosen or len(known) == len(chosen):
            return known
        return self.choices.queryset.filter(pk__in=chosen).prefetch_related("renditions")


def hand_over_photos(form):
    """Give the photo selects of a form what its row has loaded already."""
    for name, field in form.fields.items():
        select = getattr(field.widget, "widget", field.widget)
        if isinstance(select, PhotoSelect) and (photo := form.instance._state.fields_cache.get(name)):
            select.known = (photo,)
