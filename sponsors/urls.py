from django.urls import path
from django.utils.translation import gettext_lazy as _

from sponsors import views

app_name = "sponsors"
urlpatterns = [path(_("partners/"), views.partners, name="partners")]
