"""``GET /privacy?language=&version=``, the same for machines, and who was shown which version."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from silkroad.engines import standing
from silkroad.engines.database import Transaction
from silkroad.http import Call, Empty, House, operation
from silkroad.http.dispatch import refusal_response
from silkroad.http.pages import language_of, page, spoken
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.inventory import Declarations, Purpose
from silkroad.kit.languages import LANGUAGES, Language, choose
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import INSTALLATION, anonymous, system
from silkroad.privacy.processors import keepers

from . import actions, certificates
from .certificates import Certificate, CertificateDraft, CertificateList
from .facts import Facts, version
from .jsonld import document
from .model import Answerable, PolicyQuery, PolicyVersion, overview
from .page import html, question_page, text
from .short import short_notice

STYLE = (Path(__file__).parent / "privacy.css").read_bytes()
JSON_LD = "application/ld+json"

AT_WORK = system(purpose=Purpose.ACCOUNTABILITY)

ControllerOf = Callable[[House], Awaitable[Answerable]]


class Policy:
    """The policy of one installation, as it is now and as it ever was."""

    def __init__(
        self, house: House, declarations: list[Declarations], controller_of: ControllerOf
    ) -> None:
        self._house = house
        self._overview = overview(declarations)
        self._controller_of = controller_of
        self._hosts = {
            one.name: sorted(one.hosts) for one in keepers(standing.elsewhere(house.settings))
        }
        self._kept: set[str] = set()

    async def facts(self) -> Facts:
        """Return what is true now. Raises Refusal ``setup_required`` (clause 9a)."""
        controller = await self._controller_of(self._house)
        valid = await self._house.db.read(AT_WORK, certificates.valid)
        return Facts(controller, self._overview, valid, self._hosts)

    async def current(self, language: Language) -> str:
        """Return the page as it is now."""
        facts = await self.facts()
        name = await self._keep(language, facts)
        return await self._page(language, facts.controller, text(language, facts), name)

    async def kept(self, name: str) -> tuple[Language, str]:
        """Return the page of a version that was shown once. Raises Refusal ``not_found``."""
        known = await self._house.db.read(AT_WORK, actions.kept, name)
        if known.about == "question":
            return known.language, question_page(known, name)
        controller = await self._controller_of(self._house)
        return known.language, await self._page(known.language, controller, known.text, name)

    async def machines(self, language: Language) -> bytes:
        """Return the same facts as JSON-LD."""
        name, facts = await self.named(language), await self.facts()
        return document(language, facts, name, self._house.settings.origin)

    async def named(self, language: Language) -> str:
        """Return the hash of the version that is in force; from now on it is kept."""
        return await self._keep(language, await self.facts())

    def keep_all(self, tx: Transaction, who: Answerable) -> dict[Language, str]:
        """Keep the policy of such a controller in every language; return the hashes."""
        with tx.within(INSTALLATION), tx.doing(Purpose.ACCOUNTABILITY):
            facts = Facts(who, self._overview, certificates.valid(tx), self._hosts)
            names = {language: version(language, facts) for language in LANGUAGES}
            for language, name in names.items():
                actions.keep(tx, name, language, text(language, facts))
        return names

    async def _keep(self, language: Language, facts: Facts) -> str:
        """Return the version's name, and keep its text if it is shown for the first time."""
        name = version(language, facts)
        if name not in self._kept:
            written = text(language, facts)
            await self._house.db.write(AT_WORK, actions.keep, name, language, written)
            self._kept.add(name)
        return name

    async def _page(self, language: Language, who: Answerable, inside: str, name: str) -> str:
        versions = await self._house.db.read(AT_WORK, actions.versions, language)
        now = version(language, await self.facts())
        versions.sort(key=lambda one: one.hash != now)  # a text may come back into force
        shown = next(one for one in versions if one.hash == name)
        return html(language, who, inside, shown, versions)


def pages(
    house: House, declarations: list[Declarations], controller_of: ControllerOf
) -> list[Route]:
    """Return the policy's routes. Before the set-up nobody answers for it: 503 (clause 9a)."""
    known = Policy(house, declarations, controller_of)

    async def policy(request: Request) -> Response:
        language = language_of(request)
        try:
            if name := request.query_params.get("version", ""):
                language, shown = await known.kept(name)
            else:
                shown = await known.current(language)
        except Refusal as refusal:
            return refusal_response(refusal)
        return spoken(page(shown), language)

    async def machines(request: Request) -> Response:
        language = language_of(request)
        try:
            data = await known.machines(language)
        except Refusal as refusal:
            return refusal_response(refusal)
        headers = {"Cache-Control": "no-cache"}
        return spoken(Response(data, headers=headers, media_type=JSON_LD), language)

    async def style(_request: Request) -> Response:
        return Response(STYLE, headers={"Cache-Control": "no-cache"}, media_type="text/css")

    return [
        Route("/privacy", policy),
        Route("/privacy.jsonld", machines),
        Route("/privacy.css", style),
    ]


@operation(
    "policy.read",
    "GET",
    "/api/policy",
    door="public",
    permission=Permission.KNOCK,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=False,
)
async def read_version(call: Call, query: PolicyQuery) -> PolicyVersion:
    """Return where the policy is, which version of it stands there now, and what it is in short."""
    language = choose(f"{query.language},{call.header('accept-language')}")
    url = f"{call.house.settings.origin}/privacy?language={language}"
    name = await call.house.policy_of(language)
    controller = await call.house.db.read(anonymous(), call.house.who_answers)
    short = short_notice(language, query.reader, "", controller)
    return PolicyVersion(name, language, url, short.lines)


async def require_shown(call: Call, policy_hash: str) -> Language:
    """Return the language in which somebody had the current policy before them. Clause P.2.

    Raises Refusal ``notice_required``.
    """
    for language in LANGUAGES:
        if policy_hash == await call.house.policy_of(language):
            return language
    raise refuse("notice_required")


@operation(
    "certificates.list",
    "GET",
    "/api/operator/certificates",
    permission=Permission.OPERATE,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=False,
)
async def list_certificates(call: Call) -> CertificateList:
    """List what the operator holds, also what has run out and is not shown any more."""
    return CertificateList(await call.house.db.read(call.scope, certificates.all_of))


@operation(
    "certificates.add",
    "POST",
    "/api/operator/certificates",
    permission=Permission.OPERATE,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=True,
)
async def add_certificate(call: Call, body: CertificateDraft) -> Certificate:
    """Enter the evidence for a certificate; the policy names it until that runs out."""
    return await call.house.db.write(call.scope, certificates.add, body)


@operation(
    "certificates.remove",
    "DELETE",
    "/api/operator/certificates/{certificate_id}",
    permission=Permission.OPERATE,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=True,
)
async def remove_certificate(call: Call, certificate_id: str) -> Empty:
    """Take a certificate out of the register."""
    await call.house.db.write(call.scope, certificates.remove, certificate_id)
    return Empty()


operations = [read_version, list_certificates, add_certificate, remove_certificate]
