"""Everything with two answers: each engine is one protocol and may have many implementations."""
