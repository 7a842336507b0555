# Varnish 7 (Debian 12) in front of Driversite, for a site that many read at once; tests/test_varnish.py tries it.
#
#     varnishd -a 10.0.0.6:6081 -f /etc/varnish/varnish.vcl -s malloc,256m
#
# and on every application server PURGE_URLS=PURGE http://10.0.0.6:6081/. What ends HTTPS stands before Varnish and
# says so with X-Forwarded-Proto; the application believes it, so nobody else may reach this port.
vcl 4.1;

import std;

# The application server; with several of them the nginx of deploy/nginx-several.conf, which knows who is well.
backend default {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 3s;
    .first_byte_timeout = 60s;
}

# Who may say that the site has changed: the application servers.
acl application {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ application) {
            return (synth(403, "Not for you"));
        }
        # A change may show on any page. What is older than this line is asked for anew, whenever it is wanted.
        if (std.ban("obj.status != 0")) {
            return (synth(200, "Emptied"));
        }
        return (synth(503, std.ban_error()));
    }
    # Ours alone to say, to a web server on the same machine.
    unset req.http.X-Page-Cache;
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    if (req.url ~ "^/admin/") {
        return (pass);
    }
    # A page is the same for all, whatever cookies a browser sends; the few that are not say so and are not kept.
    return (hash);
}

sub vcl_backend_response {
    # What may be shown a little longer is said in the answer (stale-while-revalidate); nothing else is, not for a second:
    # an article that is to appear at six o'clock appears at six.
    if (beresp.http.Cache-Control !~ "stale-while-revalidate") {
        set beresp.grace = 0s;
    }
    set beresp.keep = 0s;
}
