"""The messages of a conversation, as rows: numbered without gaps, their bodies sealed."""
