"""Web addresses of services: whole, over https, and never shortened."""

from urllib.parse import urlsplit

SHORTENERS = frozenset(
    {
        "bit.ly",
        "bitly.com",
        "bitly.ws",
        "tinyurl.com",
        "t.co",
        "goo.gl",
        "is.gd",
        "v.gd",
        "ow.ly",
        "buff.ly",
        "rebrand.ly",
        "cutt.ly",
        "tiny.cc",
        "lnkd.in",
        "shorturl.at",
        "rb.gy",
        "t.ly",
        "s.id",
        "bl.ink",
        "soo.gd",
        "shorte.st",
        "adf.ly",
        "clck.ru",
        "qr.ae",
        "fb.me",
        "amzn.to",
        "trib.al",
        "dlvr.it",
        "tiny.one",
        "urlz.fr",
        "x.co",
        "po.st",
        "mcaf.ee",
        "snip.ly",
        "short.io",
        "short.gy",
        "u.to",
        "w.wiki",
        "n9.cl",
    }
)


def problem(address: str) -> str:
    """What is wrong with it: "http", "short" or "wrong"; empty if nothing is."""
    if any(sign.isspace() or not sign.isprintable() for sign in address):
        return "wrong"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port
    except ValueError:
        return "wrong"
    if parts.scheme == "http" and host:
        return "short" if host in SHORTENERS else "http"
    name, dot, top = host.rpartition(".")
    if parts.scheme != "https" or not dot or not name or not top.isalpha() or parts.username is not None:
        return "wrong"
    if port not in (None, 443):
        return "wrong"
    return "short" if host in SHORTENERS else ""
