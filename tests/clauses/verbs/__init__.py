"""The verbs that the clauses' tests are written in, each in its file.

SWEEP  ``sweep(server, words)``: where any of these words lies in the clear, by its place.
GATE   ``gate(person, method, path, body, code=…)``: the door is shut, and nothing came of trying.
ROUTES ``routes(person, ids)``: what every operation tells somebody; ``frames(line, ids)``, every
       frame.
TRAP   ``trapped(data)`` opens a server whose one way out leads nowhere; ``calls(server)`` are those
       that it would have made, and with no recipient whatever would have left by another way.
CLK    ``server.let_pass(milliseconds)`` as the days come, ``server.move_clock`` for a jump.

``tests/attacks/words.py: Words`` makes the words that occur nowhere else, and
``tests/attacks/enterprise.py: founded`` a company with one of everything, each text such a word.
"""
