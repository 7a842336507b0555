"""Partners, their tiers and agreements."""

from django.core.files.base import ContentFile

from driversite.demo.rows import Rows
from driversite.demo.texts import data, table
from sponsors.logos import clean_logo
from sponsors.models import Sponsor, Sponsorship, Tier


def load_partners(rows: Rows) -> list[Sponsor]:
    facts = table("partners")
    agreement = facts["agreement"]
    starts_on = agreement.pop("starts_on")
    partners = []
    for values in facts["tiers"]:
        names = values.pop("partners")
        tier = rows.put(Tier, {"name_de": values.pop("name_de")}, values)
        for order, partner in enumerate(names, start=1):
            sponsor = _put_sponsor(rows, **partner, values=agreement)
            key = {"sponsor": sponsor, "starts_on": starts_on}
            rows.put(Sponsorship, key, {"tier": tier, "order": order})
            partners.append(sponsor)
    return partners


def _put_sponsor(rows, name, slug, values):
    marks = {"logo": f"partners/{slug}.svg", "logo_dark": f"partners/{slug}-dark.svg"}
    present = Sponsor.objects.filter(slug=slug).first()
    new = {
        field: ContentFile(data(path), name=path.rpartition("/")[2])
        for field, path in marks.items()
        if not present or clean_logo(data(path)).checksum[:12] not in getattr(present, field).name
    }
    return rows.put(Sponsor, {"slug": slug}, values | {"name": name} | new)
