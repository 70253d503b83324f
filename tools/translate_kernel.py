"""Translate a kernel into C++: Pythran, without some of its passes, and with types that gcc computes once.

    python tools/translate_kernel.py kernels/exponential.py exponential.cpp

Pythran gives each expression of a kernel a type, named in terms of the types before it. gcc replaces such names by what they
stand for, in each of their uses: the work doubles with every step that uses one type twice (25 s of the 27 s that nan_extreme
took). A name that is a member of a template of its own is looked up instead.
"""

import gc
import re
import sys
from pathlib import Path

import pythran
from pythran.config import cfg

# RangeBasedSimplify folds comparisons as if there were no NaN, and LoopFullUnrolling hides the lanes of a reduction from gcc's
# vectorizer (the sum of 100 000 float64: 26 us instead of 9).
HARMFUL_PASSES = ("RangeBasedSimplify", "LoopFullUnrolling")
# These find nothing to do in any kernel (the C++ is the same without them) and take 30 % of the time, most of it the ranges
# of values that ModIndex asks for.
IDLE_PASSES = (
    "ModIndex",
    "IterTransformation",
    "ListToTuple",
    "PartialConstantFolding",
    "InlineBuiltins",
    "SimplifyExcept",
)

TYPE = re.compile(r"^ *typedef (.*) (__type\d+);$", re.MULTILINE)
# The types in a function's signature, and those in its body with what comes before them.
SIGNATURE = re.compile(r"^ *struct type\n *\{\n(.*?)^ *\}", re.MULTILINE | re.DOTALL)
BODY = re.compile(
    r"^ *template <([^\n]*)>\n *inline\n *typename [^\n]* ([\w$]+)::operator\(\)\([^\n]*\n *\{\n((?: *typedef [^\n]*;\n)+)",
    re.MULTILINE,
)


def _looked_up(types: str) -> str:
    return TYPE.sub(r"template <int> struct of\2 { typedef \1 type; }; typedef typename of\2<0>::type \2;", types)


def _signature(found: re.Match) -> str:
    return found[0].replace(found[1], _looked_up(found[1]))


def _body(found: re.Match) -> str:
    """A function has no templates as members: its types move to a struct in front of it."""
    parameters, function, types = found.groups()
    arguments = ", ".join(parameter.split()[-1] for parameter in parameters.split(","))
    struct = f"types_in_{function.replace('$', '_')}"
    in_front = f"template <{parameters}>\nstruct {struct} {{\n{_looked_up(types)}}};\n"
    names = TYPE.sub(rf"typedef typename {struct}<{arguments}>::\2 \2;", types)
    return in_front + found[0].replace(types, names)


def types_computed_once(source: str) -> str:
    """The same C++ with the types of each function in templates of their own."""
    source, signatures = SIGNATURE.subn(_signature, source)
    if not signatures:
        raise ValueError("no struct of types: this Pythran writes another C++ than 0.19 does")
    return BODY.sub(_body, source)


def passes() -> list[str]:
    """Pythran's own but those that are dropped."""
    return [p for p in cfg.get("pythran", "optimizations").split() if not p.endswith(HARMFUL_PASSES + IDLE_PASSES)]


def main(kernel: str, output: str) -> None:
    cfg.set("pythran", "optimizations", " ".join(passes()))
    gc.disable()  # a quarter of the time: Pythran keeps millions of nodes to its end
    pythran.compile_pythranfile(kernel, output_file=output, cpponly=True)
    generated = Path(output)
    generated.write_text(types_computed_once(generated.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
