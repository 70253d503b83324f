"""Extremes of moving windows, in the same few steps for each element whatever the window.

The slice is cut into blocks of the window's length. A window is the end of one block and the beginning of the next: the best
of every end is kept from one block to the next, that of the beginning is carried along (M. van Herk, 1992).
"""

import numpy as np


#pythran export window_extremes(float64[], int64, int64, int64, int64, float64, bool, float64[])
def window_extremes(x, outer, n, window, min_count, sign, places, out):
    """Least (sign 1.0) or greatest (-1.0) numbers; or how many elements ago they were, the last one of equals."""
    ends = np.empty(window)
    end_places = np.empty(window, dtype=np.int64)
    for o in range(outer):
        row = x[o * n:(o + 1) * n]
        target = out[o * n:(o + 1) * n]
        count = 0
        for begin in range(0, n, window):
            best = np.nan
            place = 0
            for i in range(begin, min(begin + window, n)):
                value = sign * row[i]
                count += np.where(value == value, 1, 0)
                if value <= best or (best != best and value == value):
                    best = value
                    place = i
                found = best
                found_place = place
                k = i - begin + 1
                if begin > 0 and k < window and (ends[k] < best or best != best):
                    found = ends[k]
                    found_place = end_places[k]
                if count < min_count:
                    target[i] = np.nan
                elif places:
                    target[i] = np.float64(i - found_place)
                else:
                    target[i] = sign * found + 0.0
                if i + 1 >= window:
                    old = row[i + 1 - window]
                    count -= np.where(old == old, 1, 0)
            if begin + window <= n:
                best = np.nan
                place = 0
                for k in range(window - 1, -1, -1):
                    value = sign * row[begin + k]
                    if value < best or (best != best and value == value):
                        best = value
                        place = begin + k
                    ends[k] = best
                    end_places[k] = place
