"""Which privacy policy somebody had before them when they came: its hash and language, and when."""
