"""Whether the service is as fast with many rows as with few."""
