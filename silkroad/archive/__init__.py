"""An installation as a whole: backed up into one sealed file, restored, moved to PostgreSQL.

One stream (``records``), whatever the database. Nothing is opened on the way: rows, wrapped keys
and blobs are taken as they are stored, and the root key is never among them.
"""
