"""Sockets: who is connected, and who may hear what."""
