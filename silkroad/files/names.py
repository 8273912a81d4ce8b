"""Names for files that do no harm, whoever chose them. Clause 3.2.

A person should still recognise the file, so letters of every script stay. What could mislead goes:
folders, invisible and direction-changing characters, and an extension that is not the content's.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
LONGEST_BYTES = 240
"""Most file systems stop at 255 bytes, and a Chinese character takes three."""

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
BLANK = {"\u034f", "\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}
"""Letters and marks by category, but nothing that anybody can see."""

FORBIDDEN = re.compile(r'[<>:"|?*]')
SUFFIX = re.compile(r"\.(?=\d*[a-z])[a-z0-9]{1,8}$", re.IGNORECASE)
RESERVED = re.compile(
    r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE
)
"""Devices of Windows, which no file there can be named after."""


def safe_name(name: str, extension: str) -> str:
    """Return a name that ends in ``.extension``, has at most 120 characters, and is never empty.

    The last extension of ``name`` is replaced, whatever it was.
    """
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(filter(is_visible, unicodedata.normalize("NFC", last)))
    plain = FORBIDDEN.sub("_", " ".join(visible.split()))
    stem = SUFFIX.sub("", plain.strip(" .")).strip(" .")
    while stem.lower().endswith(f".{extension}"):
        stem = stem[: -len(extension) - 1].strip(" .")
    if RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{shorten(stem or 'file', len(extension) + 1)}.{extension}"


def is_visible(letter: str) -> bool:
    return unicodedata.category(letter) not in INVISIBLE and letter not in BLANK


def shorten(stem: str, suffix: int) -> str:
    stem = stem[: LONGEST - suffix]
    return stem.encode()[: LONGEST_BYTES - suffix].decode(errors="ignore").rstrip(" .")
