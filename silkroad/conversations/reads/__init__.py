"""How far each member has read each conversation."""
