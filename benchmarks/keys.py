"""What the requests of a run are let in with."""

from uuid import UUID

ADMIN_KEY = "rk_benchmark_0123456789012345678901234567890123456789"
ACCESS_KEY_ID = UUID("01900000-0000-7000-8000-0000000000ff")
ACCESS_KEY = f"rk_{ACCESS_KEY_ID}_{'benchmark' * 4}0123456"
"""One that may use tokens, and nothing else."""

AUTHORIZED = {"Authorization": f"Bearer {ADMIN_KEY}"}
USING = {"Authorization": f"Bearer {ACCESS_KEY}"}
