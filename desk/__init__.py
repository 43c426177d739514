"""The front desk's full-screen board for a police station's exchange zone."""


def version() -> str:
    """Return the installed version, such as `0.1.0`."""
    from importlib import metadata  # Slow to import, and only `desk --version` asks.

    return metadata.version("desk")
