"""MiniStack behind a guard against web pages, with its regions kept apart.

MiniStack answers whoever asks: any Origin, any Host, unsigned. A page of a stranger that is open in this machine's
browser can ask too, and a function that it makes runs as the user. A browser says of each request where it comes from
(Fetch Metadata Request Headers, W3C; RFC 6454); programs that speak to AWS never send these headers.

What MiniStack 1.5.33 does to its regions:
- Where a function is changed, it ends the running process in every region that has one of its name.
- CloudFormation makes up the same names in all of them. IAM's are an account's: a stack that is deleted takes the roles
  of one of its name elsewhere along, which then cannot be deployed.
- Where a function is changed or deleted, it looks through those of all regions, and fails where another is made
  meanwhile: for what it has unpacked for Docker, which is never here.
"""

import re
from urllib.parse import unquote

import ministack.app as ministack
from ministack.core.responses import get_account_id, get_region
from ministack.services import lambda_svc
from ministack.services.cloudformation import provisioners

# A name that an attacker's DNS server can point at 127.0.0.1 is none of these; `bucket.localhost` is ours.
OUR_HOST = re.compile(rb"(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9.-]+\.)?localhost)(?::\d+)?", re.IGNORECASE)
# Of MiniStack's own paths: whether it is up, and answers of custom resources, whose path holds a secret of their own.
OUR_PATHS = re.compile(r"/_(?:ministack|localstack)/(?:health|ready|cfn-response/.+|cfn-signal/.+)")

unguarded = ministack.app


def refusal(scope):
    """Why a request is refused, or None."""
    headers = [(name.lower(), value) for name, value in scope["headers"]]
    names = {name for name, _ in headers}
    if b"origin" in names or b"referer" in names:
        return "This endpoint answers programs, not web pages: the request has an Origin or a Referer."
    if any(value != b"none" for name, value in headers if name == b"sec-fetch-site"):
        return "This endpoint answers programs, not web pages: the request comes from another site (Sec-Fetch-Site)."
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) != 1 or not OUR_HOST.fullmatch(hosts[0]):
        return "This endpoint is 127.0.0.1 or localhost; the request names another Host."
    path = re.sub("/{2,}", "/", unquote(scope["path"]))
    if path.startswith(("/_ministack", "/_localstack")) and not OUR_PATHS.fullmatch(path):
        return "The emulator's own controls are closed; npm run local -- --reset forgets all state."
    return None


async def guarded(scope, receive, send):
    why = refusal(scope) if scope["type"] in ("http", "websocket") else None
    if why is None:
        await unguarded(scope, receive, send)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        body = why.encode() + b"\n"
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 403, "headers": headers})
        await send({"type": "http.response.body", "body": body})


end_everywhere = lambda_svc.invalidate_worker


def end_here(func_name, qualifier=None, account=None, region=None):
    end_everywhere(func_name, qualifier, account or get_account_id(), region or get_region())


name_anywhere = provisioners._physical_name


def name_here(*stack_and_id, **form):
    """The first region keeps the names that it had: a lake that stands keeps its resources."""
    if get_region() == provisioners.REGION:
        return name_anywhere(*stack_and_id, **form)
    seed = provisioners._NAME_SEED
    before = seed.set(f"{seed.get()}{get_region()}")
    try:
        return name_anywhere(*stack_and_id, **form)
    finally:
        seed.reset(before)


if __name__ == "__main__":
    ministack.app = guarded
    lambda_svc.invalidate_worker = end_here
    lambda_svc._sweep_extract_cache = lambda: None
    provisioners._physical_name = name_here
    ministack.main()
