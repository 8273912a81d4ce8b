"""The demo: a tea shop with two agents, a shop page on another site, and talks in three languages.

It lives in a store of its own: it never loads into a store that holds real data, and a demo store
is never served as a real one.
"""

from .play import serve_demo

__all__ = ["serve_demo"]
