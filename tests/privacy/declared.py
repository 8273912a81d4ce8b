"""What there is, held against what is declared: the judge of every gate of clause P.1."""

from __future__ import annotations

import re

from silkroad.kit.inventory import Column, Declarations

Schema = dict[str, dict[str, str]]
"""A thing's name (a table, a fact, a class) → its fields → the type that a database has for it."""

BYTES = "BLOB"
"""What may be sealed; fields beyond the tables have no type of their own."""

TELLING = (
    *("index", "endpoint", "agent", "address", "phone", "email", "mobile", "fingerprint", "cookie"),
    *("openid", "unionid", "userid", "username", "nickname", "surname", "fullname", "idcard"),
    *("birth", "latitude", "longitude", "location", "coordinate", "wechat", "weixin", "whatsapp"),
    *("telegram", "passport", "biometric", "customer", "msisdn", "bluetooth", "gender", "religio"),
)
"""What gives a person away wherever it stands in a name, with its words written together."""

TELLING_WORDS = {
    # who it is about
    *("visitor", "member", "account", "author", "uploader", "assignee", "user", "person", "human"),
    *("buyer", "guest", "patient", "employee", "staff", "child", "guardian", "parent"),
    *("invitee", "requester", "sender", "caller", "callee", "subscriber", "contact"),
    # a network, a machine, a program on it
    *("ip", "ipv", "addr", "mac", "device", "serial", "imei", "imsi", "iccid", "meid", "oaid"),
    *("vaid", "aaid", "idfa", "idfv", "gaid", "adid", "udid", "uuid", "guid", "ssid", "bssid"),
    *("hostname", "ua", "browser", "referer", "referrer", "sim", "uid", "cid", "android"),
    # how somebody is reached, and what somebody is called
    *("mail", "tel", "cell", "fax", "sms", "qq", "wx", "weibo", "alipay", "viber", "skype"),
    *("facebook", "instagram", "handle", "login", "nick", "forename", "alias", "signature"),
    # papers and money
    *("iban", "bic", "ssn", "nid", "nipt", "license", "licence", "plate", "visa", "bank"),
    # where somebody is, and what somebody is like
    *("lat", "lng", "lon", "geo", "gps", "postcode", "zip", "city", "street", "dob", "age", "sex"),
    *("race", "ethnicity", "health", "blood", "face", "voice", "photo", "avatar", "salary"),
    # how it was made so that it would not be read
    *("blind", "bidx", "pseudonym"),
    # the same, in the languages of our companies
    *("shouji", "xingming", "emri", "mbiemri", "telefoni", "adresa", "datelindja"),
}
"""Words of a name that say whose it is, or which person."""

ROLES = {
    *("subject", "owner", "actor", "holder", "bearer", "identity", "minor", "card", "client"),
    *("name", "first", "last", "real", "display", "given", "family"),
}
IDENTIFYING = {"id", "hash", "key", "ref", "name", "digest", "no", "number", "code"}
"""A role is not yet a person (``owner_kind``); together with one of these it is (``owner_id``)."""


def wrong(live: Schema, declarations: Declarations) -> list[str]:
    """Say what is wrong between what there is and its declarations."""
    there = {(thing, field) for thing, fields in live.items() for field in fields}
    known = {(thing, field) for thing, fields in declarations.items() for field in fields}
    return [
        *(f"{thing}.{field}: nobody declares it" for thing, field in sorted(there - known)),
        *(f"{thing}.{field}: there is no such thing" for thing, field in sorted(known - there)),
        *(
            f"{thing}.{field}: {finding}"
            for thing, field in sorted(there & known)
            if (finding := doubt(field, live[thing][field], declarations[thing][field]))
        ),
    ]


def doubt(field: str, kind: str, declaration: Column) -> str:
    """Say what a declaration cannot mean, or leaves open. P.1, 1.2, D.4."""
    if declaration.sealed and kind != BYTES:
        return f"sealed, but kept as {kind}"
    return "" if declaration.personal or not tells(field) else "tells of a person"


def tells(field: str) -> bool:
    """Whether a name says by itself that what it stands for is about a person."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", field).casefold()
    words = re.findall(r"[^\W\d_]+", spaced)
    known = {*words, *(word.removesuffix("s") for word in words)}
    roles, identifying = ROLES & known, IDENTIFYING & known
    if TELLING_WORDS & known or (roles and len(roles | identifying) > 1):
        return True
    return any(part in "".join(words) for part in TELLING)


def merged(modules: list[Declarations]) -> Declarations:
    """Return all modules' declarations as one; several may share a thing."""
    found: Declarations = {}
    for module in modules:
        for thing, fields in module.items():
            found.setdefault(thing, {}).update(fields)
    return found
