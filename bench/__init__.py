"""How fast is it, honestly? `make bench` measures Silkroad next to the barest server that does
the same job, in the same run, on the same machine. `docs/benchmarks.md` says how to read it.
"""
