"""The addresses that an article once had: seen beside its form, and freed by those who may."""

from news.models import FormerAddress, ShareLink

# They go with their article, whoever may delete that: their own lists are for looking.
GO_ALONG = (FormerAddress, ShareLink)


class HasFormerAddresses:
    """For the admin class of articles."""

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["former_addresses"] = obj.formeraddress_set.order_by("path")
            context["may_free_addresses"] = request.user.has_perm("news.delete_formeraddress")
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def get_deleted_objects(self, objs, request):
        deleted, counts, refused, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, refused - {model._meta.verbose_name for model in GO_ALONG}, protected
