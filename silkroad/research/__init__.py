"""Research in the public interest: what a company's conversations were like, without anybody in it.

A month that is over is made anonymous once, under an exception that three administrators stand
behind, and kept: whoever asks again gets the same bytes. Once somebody is erased who began to talk
in it, what was kept of it is destroyed, and it is never made again. What the company learns from a
month to improve its service are its sums. Clauses D.7, 4.3.11, 1.2.2; docs/decisions/043.
"""

from .actions import destroy_months_of
from .privacy import DECLARATIONS
from .routes import operations

__all__ = ["DECLARATIONS", "destroy_months_of", "operations"]
