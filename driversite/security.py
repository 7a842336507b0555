"""Which content security policy an answer carries: public pages the strict one, the admin one with a nonce."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings


class SecurityPolicyMiddleware(CSPMiddleware):
    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/admin/") and not report_only and parts.config is None:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        return parts
