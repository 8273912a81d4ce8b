"""A real server process for tests, and people who use it as people do: HTTP, socket, browser."""
