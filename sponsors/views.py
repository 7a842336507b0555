from django.shortcuts import render

from sponsors.models import Sponsorship


def partners(request):
    """Today's partners by tier."""
    return render(request, "sponsors/partners.html", {"sponsorships": Sponsorship.objects.public()})
