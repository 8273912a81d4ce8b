"""Reaching somebody who is not looking: Web Push to a browser, SMS to a phone."""
