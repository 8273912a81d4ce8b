"""What is said about a request: by whoever wrote it, and by the team. Clauses 6.1d, 9a."""

from .store import add, all_of, drop

__all__ = ["add", "all_of", "drop"]
