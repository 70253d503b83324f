"""Where kernels come from: compiled modules (native) or the same source, uncompiled (reference)."""
