"""What is measured: a module for each job, with an ASGI application for each contender."""
