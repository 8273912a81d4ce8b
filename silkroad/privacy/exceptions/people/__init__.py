"""The people whom exceptions concern: what they were told afterwards, and to what they say no."""
