"""Certificates: what the operator holds, with the evidence for it. Clause 3.5.

The policy names a certificate only while its evidence has not run out.
"""

from .actions import add, all_of, remove, valid
from .model import Certificate, CertificateDraft, CertificateList

__all__ = [
    "Certificate",
    "CertificateDraft",
    "CertificateList",
    "add",
    "all_of",
    "remove",
    "valid",
]
