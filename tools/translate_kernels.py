"""Translate kernels into C++: Pythran, without some of its passes, and with types that gcc computes once.

    python tools/translate_kernels.py OUTPUT_FOLDER kernels/exponential.py kernels/logarithm.py ...

A kernel is translated again if its C++ is older than it, than a kernel file that it imports from, or than this file.

Pythran gives each expression of a kernel a type, named in terms of the types before it. gcc replaces such names by what they
stand for, in each of their uses: the work doubles with every step that uses one type twice (25 s of the 27 s that nan_extreme
took). A name that is a member of a template of its own is looked up instead.

gcc inlines what it can, and some of what it does then takes time with the square of a function's size. A wrapper has one
array function for one dtype; inlined, they would be one function for all dtypes. A fold of columns (its name is
_fold_..._columns) is called once for up to 1024 slices, a function named _block_... once for many elements, from several
places. They all stay functions of their own (nan_reduction: 12 s of gcc, 8 s so).

A function of few operations says so, and the loop over it is unrolled (kernels/pythonic/include/types/numpy_ufunc.hpp).
"""

import ast
import gc
import multiprocessing
import os
import re
import sys
from functools import cache
from multiprocessing import connection
from pathlib import Path

import pythran
import pythran.toolchain  # before processes are forked: it takes 1 s
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
STRUCT = re.compile(r"^    struct (\w+)\n    \{\n", re.MULTILINE)
# The types in a function's signature, and those in its body with what comes before them.
SIGNATURE = re.compile(r"^ *struct type\n *\{\n(.*?)^ *\}", re.MULTILINE | re.DOTALL)
BODY = re.compile(
    r"^ *template <([^\n]*)>\n *inline\n *typename [^\n]* ([\w$]+)::operator\(\)\([^\n]*\n *\{\n((?: *typedef [^\n]*;\n)+)",
    re.MULTILINE,
)
WRAPPER = re.compile(r"^static PyObject \*\n__pythran_wrap_", re.MULTILINE)
APART = re.compile(
    r"^( *template <[^\n]*>\n *)"
    r"(inline\n *typename [^\n]* (?:[\w$]*\$)?(?:_fold_\w+_columns|_block_\w+)::operator\(\)\()([^\n]*)(\) const\n *\{)",
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


def _apart(found: re.Match) -> str:
    """What comes by reference could change with each store: loops vectorize over copies in local variables."""
    template, function, parameters, begin = found.groups()
    pairs = [parameter.split() for parameter in parameters.split(", ")]
    given = ", ".join(f"{kind} given_{name}" for kind, name in pairs)
    copies = " ".join(f"std::decay_t<{kind}> {name}(given_{name});" for kind, name in pairs)
    return f"{template}__attribute__((noinline)) {function}{given}{begin} {copies}"


def kept_apart(source: str) -> str:
    """The same C++ with functions that gcc does not inline."""
    source = WRAPPER.sub(r"__attribute__((noinline)) \g<0>", source)
    return APART.sub(_apart, source)


def _few_operations(function: ast.FunctionDef) -> bool:
    """Whether a loop over it gains by being unrolled: at most 12 operations, none of them in a function of its own."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    operations = [node for node in ast.walk(function) if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare))]
    return len(calls) + len(operations) <= 12 and not any(isinstance(call.func, ast.Name) for call in calls)


def short_kernels_told(source: str, kernel: Path) -> str:
    """The same C++, where functions of few operations say so to the loops over them."""
    functions = ast.parse(kernel.read_text(encoding="utf-8")).body
    short = {node.name for node in functions if isinstance(node, ast.FunctionDef) and _few_operations(node)}
    return STRUCT.sub(lambda found: found[0] + "      typedef void few_operations;\n" * (found[1] in short), source)


def passes() -> list[str]:
    """Pythran's own but those that are dropped."""
    return [p for p in cfg.get("pythran", "optimizations").split() if not p.endswith(HARMFUL_PASSES + IDLE_PASSES)]


@cache
def sources(kernel: Path) -> set[Path]:
    """A kernel's file and the kernel files that it imports from."""
    tree = ast.parse(kernel.read_text(encoding="utf-8"), str(kernel))
    imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 1]
    return {kernel}.union(*(sources(kernel.with_name(f"{name}.py")) for name in imported))


def outdated(kernel: Path, output: Path) -> bool:
    newest = max(path.stat().st_mtime_ns for path in {Path(__file__), *sources(kernel)})
    return not output.exists() or output.stat().st_mtime_ns < newest


def translate(kernel: Path, output: Path) -> None:
    gc.disable()  # a quarter of the time: Pythran keeps millions of nodes to its end
    cfg.set("pythran", "optimizations", " ".join(passes()))
    partial = output.with_suffix(".partial")
    pythran.compile_pythranfile(str(kernel), output_file=str(partial), cpponly=True)
    generated = partial.read_text(encoding="utf-8")
    generated = short_kernels_told(kept_apart(types_computed_once(generated)), kernel)
    partial.write_text(generated, encoding="utf-8")
    partial.replace(output)


def main(folder: str, *kernels: str) -> None:
    jobs = [(kernel, Path(folder) / f"{kernel.stem}.cpp") for kernel in map(Path, kernels)]
    jobs = [job for job in jobs if outdated(*job)]
    jobs.sort(key=lambda job: sum(path.stat().st_size for path in sources(job[0])))
    # A process for each kernel, the longest ones first: its end frees the nodes, and one import of Pythran serves all.
    fork = multiprocessing.get_context("fork")
    running, failed = {}, []
    while running or (jobs and not failed):
        while jobs and not failed and len(running) < (os.cpu_count() or 1):
            job = jobs.pop()
            process = fork.Process(target=translate, args=job)
            process.start()
            running[process.sentinel] = process, job[0]
        for ended in connection.wait(running):
            process, kernel = running.pop(ended)
            process.join()
            if process.exitcode:
                failed.append(f"{kernel} (exit status {process.exitcode})")
    if failed:
        sys.exit(f"Not translated: {', '.join(failed)}. What Pythran says of it is above.")


if __name__ == "__main__":
    main(*sys.argv[1:])
