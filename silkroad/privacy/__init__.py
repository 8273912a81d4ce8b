"""The privacy floor: what stands below every feature and works from their declarations.

Each module declares its columns in its own ``privacy.py``; ``parts.py`` hands the lists in here, so
the floor reaches everything while it imports no feature. Today it holds the policy page; consent,
retention, erasure and the rest of the floor are built on the same lists.
"""
