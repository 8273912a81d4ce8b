"""Words and small tools that every part shares: ids, clock, randomness, errors, scope, inventory.

Nothing here reads or writes anything; the world (time, chance, network, storage) is handed in.
"""
