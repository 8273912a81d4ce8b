"""What is stored for research: figures, and how many people a figure needs. Clauses D.7, P.1."""

from __future__ import annotations

from silkroad.kit.inventory import Beyond, Declarations, aggregate, nonpersonal

_WORKSPACE = aggregate("the company whose figures they are")

DECLARATIONS: Declarations = {
    "research_settings": {
        "workspace_id": nonpersonal("the company's workspace"),
        "k": nonpersonal("how many people at least stand behind a figure"),
    },
    "research_extracts": {
        "workspace_id": _WORKSPACE,
        "month": aggregate("of which month the figures are"),
        "k": aggregate("how many people at least stand behind each figure"),
        "people": aggregate("how many people are in the figures"),
        "left_out": aggregate("how many people are in no figure"),
        "lines": aggregate("classes of values, and how many people are in each: at least k"),
    },
}

BEYOND: Beyond = {
    "audit": {
        "research.k_set": {"k": nonpersonal("how many people at least stand behind a figure")},
        "research.given_out": {"month": nonpersonal("of which month the figures are")},
    }
}
