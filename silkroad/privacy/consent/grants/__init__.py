"""Media grants: leave to use a microphone or a camera now, given only to a living consent.

A grant is asked for when a call begins, lives a minute, and ends with the consent. Without one
there is nothing that a call could be opened with. Clauses 1.1, 1.1.1a, 1.1.1b.
"""
