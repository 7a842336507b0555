"""A form as a browser would send it: what a page offers, filled in where the test says so."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects the fields of the page's main form, with the values that they hold."""

    def __init__(self):
        super().__init__()
        self.fields, self.is_inside, self.name, self.text, self.multiple = {}, False, None, None, False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.is_inside = attrs.get("id", "").endswith("_form") and attrs["id"] != "logout_form"
        if not self.is_inside:
            return
        name = attrs.get("name")
        if tag == "input" and name and attrs.get("type") not in ("submit", "file"):
            if attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs:
                self.add(name, attrs.get("value", "on" if attrs.get("type") == "checkbox" else ""))
        elif tag == "textarea":
            self.name, self.text = name, ""
        elif tag == "select":
            self.name, self.multiple = name, "multiple" in attrs
        elif tag == "option" and "selected" in attrs:
            self.add(self.name, attrs.get("value", ""))

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.text is not None:
            self.add(self.name, self.text.removeprefix("\n"))
            self.text = None

    def add(self, name, value):
        if "__prefix__" not in name:
            self.fields.setdefault(name, []).append(value)


def filled_in(response, **changes):
    """The fields of the form on the page, for `client.post`; `changes` are typed over what stands there."""
    reader = FormReader()
    reader.feed(response.content.decode())
    assert reader.fields, "There is no form on this page."
    return reader.fields | {name: value for name, value in changes.items() if value is not None}


def complaints(response):
    """What the form says is wrong, field by field, in its own words; empty when it was saved."""
    if not response.context or "adminform" not in response.context:
        return {}
    found = {name: list(errors) for name, errors in response.context["adminform"].form.errors.items()}
    for inline in response.context["inline_admin_formsets"]:
        for number, form in enumerate(inline.formset.forms):
            found |= {
                f"{inline.formset.prefix}-{number}-{name}": list(errors)
                for name, errors in form.errors.items()
            }
        if inline.formset.non_form_errors():
            found[inline.formset.prefix] = list(inline.formset.non_form_errors())
    return found
