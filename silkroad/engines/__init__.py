"""Everything with two answers: each engine has one protocol and may have several implementations."""
