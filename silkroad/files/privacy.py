"""What is stored of files, and why. Clauses P.1, 1.3.4, 2.2b."""

from __future__ import annotations

from silkroad.kit.inventory import (
    CONVERSATION,
    Beyond,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    passing,
    personal,
)

_FILE = personal(
    ("visitor", "member"),
    DataClass.FILE,
    "S1",
    Purpose.CONVERSATION,
    source="use",
    basis="contract",
    retention=CONVERSATION,
    erasure="delete",
)
_CONTENT = personal(
    ("visitor", "member"),
    DataClass.FILE,
    "S2",
    Purpose.CONVERSATION,
    source="subject",
    basis="contract",
    retention=CONVERSATION,
    erasure="shred",
    sealed=True,
)

DECLARATIONS: Declarations = {
    "files": {
        "workspace_id": nonpersonal("the company's workspace"),
        "id": _FILE,
        "conversation_id": _FILE,
        "uploader_id": _FILE,
        "name": _CONTENT,
        "media_type": _FILE,
        "bytes": _FILE,
        "width": _FILE,
        "height": _FILE,
        "lane": nonpersonal("which lane of the conversation carries it"),
        "created_at": _FILE,
    }
}

BEYOND: Beyond = {
    "job": {"DropContent": {"file_id": passing(("visitor", "member"), Purpose.CONVERSATION)}},
    "bucket": {"blobs": {"fil": _CONTENT, "region": nonpersonal("where these files stand")}},
}
