"""Remuner backend: the people of a sales-remuneration product and their integrations."""
