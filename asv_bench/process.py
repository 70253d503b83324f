"""What a fresh process pays: for the import, and until it holds a first result. There is no compilation to wait for."""

FIRST_RESULT = """
import numpy as np
import corepy as cp
cp.exp(np.ones(1000)).sum()
"""


class Fresh:
    """Processes of their own, their start not included."""

    def timeraw_import(self):
        return "import corepy", "import numpy"

    def timeraw_first_result(self):
        return FIRST_RESULT

    def timeraw_second_result(self):
        return "cp.exp(np.ones(1000)).sum()", FIRST_RESULT
