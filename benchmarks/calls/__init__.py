"""Single calls through the proxy: what it adds to each, and what it keeps meanwhile."""
