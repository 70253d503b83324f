"""Random orders."""


#pythran export exchange(int64[], int64, int64[])
def exchange(partners, n, out):
    """Permutations of 0 to n - 1, one after the other in out: element i changes places with the one `partners[i]` after it."""
    for row in range(0, out.shape[0], max(n, 1)):
        order = out[row:row + n]
        for i in range(n):
            order[i] = i
        for i in range(n):
            j = i + partners[row + i]
            kept = order[i]
            order[i] = order[j]
            order[j] = kept
