"""The addresses that an article once had: seen beside its form, and freed by those who may."""


class HasFormerAddresses:
    """For the admin class of articles."""

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["former_addresses"] = obj.formeraddress_set.order_by("path")
            context["may_free_addresses"] = request.user.has_perm("news.delete_formeraddress")
        return super().render_change_form(request, context, obj=obj, **kwargs)
