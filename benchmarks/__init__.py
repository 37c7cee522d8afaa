"""Contenders side by side, each job in one run: `make bench`."""
