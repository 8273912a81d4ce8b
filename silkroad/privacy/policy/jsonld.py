"""The policy for machines: the same facts in the terms of the Data Privacy Vocabulary, DPV 2.

Terms after w3id.org/dpv (read 2026-11). Kinds of data have no term of their own there; they are
named here, each with its label.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec

from silkroad.kit.inventory import Basis, Purpose, Source, Subject
from silkroad.kit.languages import Language
from silkroad.privacy.processors import PROCESSORS, Kind, Told

from .facts import Facts
from .model import Detail, Entry
from .phrases import WORDS, Words

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "dct": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
}
PURPOSES: dict[Purpose, str] = {
    Purpose.REGISTRATION: "dpv:AccountManagement",
    Purpose.AUTHENTICATION: "dpv:IdentityAuthentication",
    Purpose.CONVERSATION: "dpv:CommunicationForCustomerCare",
    Purpose.WAKE_UP: "dpv:RequestedServiceProvision",
    Purpose.TEAMWORK: "dpv:CommunicationManagement",
    Purpose.SECURITY: "dpv:EnforceSecurity",
    Purpose.ACCOUNTABILITY: "dpv:RecordManagement",
    Purpose.OPERATION: "dpv:TechnicalServiceProvision",
    Purpose.RIGHTS: "dpv:RightsFulfilment",
    Purpose.MICROPHONE: "dpv:CommunicationForCustomerCare",
    Purpose.CAMERA: "dpv:CommunicationForCustomerCare",
    Purpose.RECORDING: "dpv:RecordManagement",
    Purpose.STATISTICS: "dpv:ServiceUsageAnalytics",
    Purpose.RESEARCH: "dpv:NonCommercialResearch",
    Purpose.IMPROVEMENT: "dpv:ServiceOptimisation",
}
BASES: dict[Basis, str] = {
    "contract": "dpv:Contract",
    "consent": "dpv:Consent",
    "legitimate_interest": "dpv:LegitimateInterest",
    "legal_duty": "dpv:LegalObligation",
}
SOURCES: dict[Source, str] = {
    "subject": "dpv:DataSubjectDataSource",
    "authorised": "dpv:ThirdPartyDataSource",
    "use": "dpv:DataControllerDataSource",
}
KINDS: dict[Kind, str] = {
    "third_party": "dpv:ThirdParty",
    "own": "dpv:DataController",
    "kept": "dpv:DataProcessor",
}
SUBJECTS: dict[Subject, str] = {
    "visitor": "dpv:Visitor",
    "member": "dpv:Employee",
    "invitee": "dpv:DataSubject",
    "controller_contact": "dpv:DataSubject",
    "requester": "dpv:DataSubject",
}


def document(language: Language, facts: Facts, version: str, origin: str) -> bytes:
    """Return the policy as JSON-LD: the same bytes for the same facts."""
    words, who = WORDS[language], facts.controller
    recipients = facts.recipients(language)
    notice = {
        "@context": CONTEXT,
        "@id": f"{origin}/privacy?version={version}",
        "@type": "dpv:PrivacyNotice",
        "dct:title": words.lead.title,
        "dct:language": language,
        "dct:identifier": version,
        "dpv:hasDataController": {
            "@type": "dpv:DataController",
            "dpv:hasName": who.name,
            "dpv:hasContact": f"mailto:{who.contact_email}",
        },
        "dpv:hasProcess": [
            _process(words, subject, entry, recipients)
            for subject, entries in facts.overview.items()
            for entry in entries
        ],
        "dpv:hasRecipient": [_recipient(one, origin) for one in recipients],
    }
    return msgspec.json.format(msgspec.json.encode(notice), indent=2)


def _process(
    words: Words, subject: Subject, entry: Entry, recipients: list[Told]
) -> dict[str, Any]:
    kind = words.data[entry.data]
    kept = [words.retentions[r.name].replace("{days}", str(r.days)) for r in entry.retentions]
    process: dict[str, Any] = {
        "@id": f"#{subject}-{entry.data}",
        "@type": "dpv:Process",
        "dpv:hasDataSubject": {"@type": SUBJECTS[subject], "rdfs:label": words.subjects[subject]},
        "dpv:hasPersonalData": [
            {
                "@id": f"#{entry.data}",
                "@type": "dpv:PersonalData",
                "rdfs:label": kind.name,
                "rdfs:comment": kind.what,
            },
            *(_detail(entry, detail) for detail in entry.details),
        ],
        "dpv:hasDataSource": [
            {"@type": SOURCES[source], "rdfs:label": words.sources[source]}
            for source in entry.sources
        ],
        "dpv:hasPurpose": [
            {"@type": PURPOSES[purpose], "rdfs:label": words.purposes[purpose]}
            for purpose in entry.purposes
        ],
        "dpv:hasLegalBasis": [
            {"@type": BASES[basis], "rdfs:label": words.bases[basis]} for basis in entry.bases
        ],
        "dpv:hasStorageCondition": [
            {"@type": "dpv:StorageDuration", "rdfs:label": text} for text in kept
        ],
    }
    if entry.seal != "none":
        process["dpv:hasTechnicalMeasure"] = _encryption(words, entry)
    if receiving := [f"#{one.name}" for one in recipients if _gets(one.name, entry)]:
        process["dpv:hasRecipient"] = receiving
    return process


def _detail(entry: Entry, detail: Detail) -> dict[str, Any]:
    """Return one column or field, by its name in the record of processing."""
    return {
        "@id": _id(detail),
        "@type": "dpv:SensitivePersonalData" if detail.sensitive else "dpv:PersonalData",
        "rdfs:label": detail.name,
        "dct:isPartOf": {"@id": f"#{entry.data}"},
    }


def _id(detail: Detail) -> str:
    return f"#{quote(detail.name)}"


def _encryption(words: Words, entry: Entry) -> dict[str, Any]:
    """Return the measure for what is sealed; of part of an entry, in words and by name, which."""
    measure = {"@type": "dpv:EncryptionAtRest", "rdfs:label": words.seals[entry.seal]}
    if entry.seal == "all":
        return measure
    sealed = [{"@id": _id(detail)} for detail in entry.details if detail.sealed]
    return measure | {"dpv:hasPersonalData": sealed}


def _gets(name: str, entry: Entry) -> bool:
    recipient = PROCESSORS[name]
    for_it = recipient.kind == "kept" or recipient.purpose in entry.purposes
    return entry.data in recipient.data and for_it


def _recipient(one: Told, origin: str) -> dict[str, Any]:
    entry = PROCESSORS[one.name]
    policy = one.policy_url if entry.kind == "third_party" else f"{origin}{one.policy_url}"
    return {
        "@id": f"#{one.name}",
        "@type": KINDS[entry.kind],
        "dct:title": one.product,
        "dpv:hasName": one.company,
        "dpv:hasPurpose": {"@type": PURPOSES[entry.purpose], "rdfs:label": one.purpose},
        "dct:description": one.scenario,
        "dpv:hasPersonalData": list(one.data),
        "schema:measurementTechnique": one.method,
        "dpv:hasLocation": one.countries,
        "rdfs:seeAlso": policy,
    }
