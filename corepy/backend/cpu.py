"""What this CPU can run. Also run as a script by meson: prints the best level, for -Dlevels=native."""

__all__ = ["levels"]

# Newest first. NumPy 2.4 names the levels; before that, these features stand for them.
_X86_LEVELS = {
    "x86_64_v4": ("X86_V4", "AVX512_SKX"),
    "x86_64_v3": ("X86_V3", "AVX2", "FMA3"),
    "x86_64_v2": ("X86_V2", "SSE42"),
}


def levels() -> list[str]:
    """SIMD levels that this CPU runs, the best one first; ["generic"] on anything but x86-64."""
    # Already computed when NumPy was imported: asking again costs nothing.
    from numpy._core._multiarray_umath import __cpu_features__ as has

    found = [
        level
        for level, (name, *older) in _X86_LEVELS.items()
        if has.get(name, False) or all(has.get(feature, False) for feature in older)
    ]
    return found or ["generic"]


if __name__ == "__main__":
    print(levels()[0])
