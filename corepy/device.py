"""Devices. v1 computes on the CPU; every function that takes device= asks here, before anything else happens."""

import warnings

from corepy import errors

__all__ = ["check", "experimental_backends"]

ENTRY_POINTS = "corepy.backends"


def experimental_backends() -> list[str]:
    """Names of the third-party backends installed under the entry-point group "corepy.backends"."""
    from importlib import metadata  # half as slow to import as NumPy, and rarely needed

    return sorted(point.name for point in metadata.entry_points(group=ENTRY_POINTS))


def check(device: str | None, *, experimental: bool = False):
    """Accept "cpu" (or None); hand out a third-party backend only where experimental=True asks for it.

    Parameters
    ----------
    device : str or None
        "cpu", or the name of an experimental backend.
    experimental : bool, default False
        Whether a third-party backend may be asked for.

    Returns
    -------
    object or None
        None for the CPU; else what the entry point loads.

    Raises
    ------
    DeviceError
        For any other device.

    Examples
    --------
    >>> from corepy import device
    >>> device.check("cpu")
    """
    if device is None or (isinstance(device, str) and device == "cpu"):
        return None
    if not experimental:
        raise errors.DeviceError(
            f'device={device!r}: Corepy v1 is CPU-only; the one accepted device is "cpu". Third-party backends can be '
            "asked for with experimental=True."
        )
    from importlib import metadata

    for point in metadata.entry_points(group=ENTRY_POINTS):
        if point.name == device:
            warnings.warn(
                f"device={device!r} is a third-party backend ({point.value}); Corepy promises nothing for its results.",
                errors.ExperimentalWarning,
                stacklevel=3,
            )
            return point.load()
    installed = ", ".join(experimental_backends()) or "none"
    raise errors.DeviceError(f"device={device!r}: no such experimental backend is installed (installed: {installed}).")
