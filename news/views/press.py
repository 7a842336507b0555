from django.shortcuts import render
from django.utils.translation import get_language

from news.models import Article, Driver, Photo

RELEASES, PHOTOS = 10, 12


def press(request):
    """For journalists: releases, photos in full size with their credit, fact sheet and contact."""
    return render(
        request,
        "news/press.html",
        {
            "releases": Article.objects.public().in_language(get_language()).newest_first()[:RELEASES],
            "photos": Photo.objects.public()
            .for_press()
            .newest_first()
            .prefetch_related("renditions")[:PHOTOS],
            "drivers": Driver.objects.ours().with_pictures(),
        },
    )
