"""What one process of the service takes: memory, the time of a start, the tail of its latencies, a second worker."""
