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
        partners_of_tier = values.pop("partners")
        tier = rows.put(Tier, {"name_de": values.pop("name_de")}, values)
        for order, partner in enumerate(partners_of_tier, start=1):
            ends_on = partner.pop("ends_on", None)
            sponsor = _put_sponsor(rows, agreement | partner)
            key = {"sponsor": sponsor, "starts_on": starts_on}
            rows.put(Sponsorship, key, {"tier": tier, "order": order, "ends_on": ends_on})
            partners.append(sponsor)
    return partners


def _put_sponsor(rows, values):
    slug = values.pop("slug")
    marks = {"logo": f"partners/{slug}.svg", "logo_dark": f"partners/{slug}-dark.svg"}
    present = Sponsor.objects.filter(slug=slug).first()
    new = {
        field: ContentFile(data(path), name=path.rpartition("/")[2])
        for field, path in marks.items()
        if not present or clean_logo(data(path)).checksum[:12] not in getattr(present, field).name
    }
    return rows.put(Sponsor, {"slug": slug}, values | new)
