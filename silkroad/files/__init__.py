"""Files and pictures that people send. Clauses 1.3.4, 2.2b, 2.2c, 3.2.

What a file is, is read from its bytes, not from its name; pictures are drawn anew without
metadata; the name and the content are sealed under a key of the file's own, below its
conversation's. Everything is served so that opening it is safe.
"""

from .actions import attach, drop_file, file_info, open_file, store_file
from .jobs import errands
from .model import MOST_BYTES, FileInfo, Prepared
from .privacy import DECLARATIONS
from .safekeeping import keep_content, prepare, read_content

__all__ = [
    "DECLARATIONS",
    "MOST_BYTES",
    "FileInfo",
    "Prepared",
    "attach",
    "drop_file",
    "errands",
    "file_info",
    "keep_content",
    "open_file",
    "prepare",
    "read_content",
    "store_file",
]
