"""The syntax trees of kernels hold nothing but operations that IEEE 754 (or integer arithmetic) defines exactly."""

import ast
import re
from importlib.resources import files

import numpy as np
import pytest

KERNELS = {
    path.name.removesuffix(".py"): path.read_text(encoding="utf-8")
    for path in files("corepy").joinpath("kernels").iterdir()
    if path.name.endswith(".py")
}

DTYPES = {"bool_", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64"}
# fmod is exact by definition: x - n * y for an integer n. vectorize calls a function of the kernel file on every element.
NUMPY = DTYPES | {
    *("abs", "sqrt", "where", "copysign", "signbit", "floor", "ceil", "trunc", "rint", "ldexp", "frexp", "fmod"),
    *("empty", "zeros", "inf", "nan", "vectorize", "argmin", "argmax", "min", "max"),
}
ATTRIBUTES = {"dtype", "itemsize", "type", "shape"}
BUILTINS = {"range", "min", "max", "ValueError"}

EXPRESSIONS = (
    *(ast.Expr, ast.Constant, ast.Name, ast.Attribute, ast.Call, ast.keyword, ast.BinOp, ast.UnaryOp, ast.Compare),
    *(
        ast.Add,
        ast.Sub,
        ast.Mult,
        ast.Div,
        ast.FloorDiv,
        ast.Mod,
        ast.LShift,
        ast.RShift,
        ast.BitAnd,
        ast.BitOr,
        ast.BitXor,
    ),
    *(ast.USub, ast.Invert, ast.cmpop, ast.expr_context, ast.Assign, ast.Return, ast.Tuple, ast.arguments, ast.arg),
)
STATEMENTS = (
    *(
        ast.If,
        ast.IfExp,
        ast.For,
        ast.While,
        ast.Break,
        ast.AugAssign,
        ast.Subscript,
        ast.Slice,
        ast.BoolOp,
        ast.boolop,
    ),
    *(ast.Not, ast.Raise, ast.FunctionDef),
)


def exported_ufuncs(source: str) -> set[str]:
    """Names of the kernels on `#pythran export ufunc` lines and on the comment lines that continue them."""
    lines = re.findall(r"#pythran export ufunc .*(?:\n# .*)*", source)
    return {name for line in lines for name in re.findall(r"(\w+)\(", line)}


def _called(function: ast.FunctionDef) -> set[str]:
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


def _one_at_a_time(functions: dict[str, ast.FunctionDef], exported: set[str]) -> set[str]:
    """Exported ufuncs whose docstring, or that of the first variant, says that they are computed for one element at a time:
    they may branch and loop.
    """
    said = {
        name.rstrip("_") for name in exported if "one element at a time" in (ast.get_docstring(functions[name]) or "")
    }
    return {name for name in exported if name.partition("__")[0].rstrip("_") in said}


def _elementwise(functions: dict[str, ast.FunctionDef], source: str, called_from_elsewhere: set[str]) -> set[str]:
    """Ufuncs that see whole arrays, functions of this file that ufuncs of other files call, and all that those reach."""
    exported = exported_ufuncs(source)
    found, waiting = set(), exported - _one_at_a_time(functions, exported) | (called_from_elsewhere & functions.keys())
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= (_called(functions[name]) & functions.keys()) - found
    return found


def _imported(tree: ast.Module) -> tuple[set[str], list[str]]:
    """Names imported from other kernel files, and imports that are not allowed."""
    names, refused = set(), []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module in KERNELS:
            names |= {alias.name for alias in node.names if alias.asname is None}
        elif isinstance(node, ast.Import) and [(a.name, a.asname) for a in node.names] == [("numpy", "np")]:
            pass
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            refused.append(f"line {node.lineno}: {ast.unparse(node)}")
    return names, refused


def _refused(node: ast.AST, known: set[str], allowed: tuple[type, ...]) -> str | None:
    """Why a node is not allowed, or None."""
    if not isinstance(node, allowed):
        return type(node).__name__
    if isinstance(node, ast.Attribute):
        of_numpy = isinstance(node.value, ast.Name) and node.value.id == "np"
        return None if node.attr in (NUMPY if of_numpy else ATTRIBUTES) else ast.unparse(node)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in known:
        return node.id
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and isinstance(node.slice, ast.Slice):
        return f"{ast.unparse(node)} = ..., an array expression"
    if isinstance(node, ast.Constant) and not isinstance(node.value, (bool, int, float, str)):
        return repr(node.value)
    return None


def _within_itself(node: ast.AST, functions: set[str]) -> bool:
    """Whether an argument of a call calls the same function: where Pythran inlines both, they get one value."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions):
        return False
    inner = [n for argument in node.args for n in ast.walk(argument) if isinstance(n, ast.Call)]
    return any(isinstance(n.func, ast.Name) and n.func.id == node.func.id for n in inner)


def _functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _calls_across_files() -> set[str]:
    """Names that elementwise kernels import from other kernel files."""
    found = set()
    for source in KERNELS.values():
        tree = ast.parse(source)
        functions, (imported, _) = _functions(tree), _imported(tree)
        for name in _elementwise(functions, source, set()):
            found |= _called(functions[name]) & imported
    return found


def violations(source: str, called_from_elsewhere: frozenset[str] = frozenset()) -> list[str]:
    """Everything in a kernel file that is not an allowed operation, with its line."""
    tree = ast.parse(source)
    functions = _functions(tree)
    imported, found = _imported(tree)
    constants = {
        t.id for node in tree.body if isinstance(node, ast.Assign) for t in node.targets if isinstance(t, ast.Name)
    }
    elementwise = _elementwise(functions, source, set(called_from_elsewhere))
    for name, function in functions.items():
        local = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
        local |= {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        known = {"np", *functions, *imported, *constants, *local} | (set() if name in elementwise else BUILTINS)
        allowed = EXPRESSIONS if name in elementwise else EXPRESSIONS + STATEMENTS
        for part in [*function.body, function.args]:
            for node in ast.walk(part):
                if reason := _refused(node, known, allowed):
                    found.append(f"line {getattr(node, 'lineno', '?')}, in {name}: {reason}")
                elif _within_itself(node, {*functions, *imported}):
                    found.append(f"line {node.lineno}, in {name}: {node.func.id} within {node.func.id}")
    for node in tree.body:
        if not isinstance(node, (ast.FunctionDef, ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)):
            found.append(f"line {node.lineno}: {type(node).__name__}")
        if isinstance(node, (ast.Assign, ast.Expr)) and not isinstance(node.value, ast.Constant):
            found.append(f"line {node.lineno}: {ast.unparse(node.value)} is no literal")
    return found


@pytest.mark.parametrize("file", sorted(KERNELS))
def test_kernels_hold_allowed_operations_only(file):
    """A kernel file uses the allowed operations alone, and an elementwise kernel neither branches nor loops."""
    assert violations(KERNELS[file], frozenset(_calls_across_files())) == []


@pytest.mark.parametrize("file", sorted(KERNELS))
def test_exports_name_functions(file):
    """Every export line names a function of its file, and every public function of a file is exported."""
    functions = {node.name for node in ast.parse(KERNELS[file]).body if isinstance(node, ast.FunctionDef)}
    lines = re.findall(r"#pythran export .*(?:\n# .*)*", KERNELS[file])
    exported = {name for line in lines for name in re.findall(r"(\w+)\(", line)}

    assert {name for name in functions if not name.startswith("_")} == exported


def test_there_are_elementwise_kernels():
    """The export lines are read as they are written: operators known to exist are found."""
    assert {"add", "exp_", "floor_divide__large", "remainder_"} <= set().union(*map(exported_ufuncs, KERNELS.values()))


def _ufunc(body: str) -> str:
    return f"import numpy as np\n\nHALF = 0.5\n\n\n#pythran export ufunc f(float64)\ndef f(x):\n    {body}\n"


REFUSED = {
    "libm": (_ufunc("return np.exp(x)"), "np.exp"),
    "libm through a name": (_ufunc("g = np.exp\n    return g(x)"), "np.exp"),
    "math": ("import math\n", "import math"),
    "another spelling of numpy": ("import numpy\n", "import numpy"),
    "a name of numpy": ("from numpy import exp\n", "from numpy import exp"),
    "float power": (_ufunc("return x ** HALF"), "Pow"),
    "integer power": (_ufunc("return x ** 2"), "Pow"),
    "pow": (_ufunc("return pow(x, 2)"), "pow"),
    "builtin sum": ("def f(x):\n    return sum(x)\n", "sum"),
    "np.sum": ("import numpy as np\n\ndef f(x):\n    return np.sum(x)\n", "np.sum"),
    "extrema, which differ on NaN": (_ufunc("return np.maximum(x, 0.0)"), "np.maximum"),
    "np.dot": ("import numpy as np\n\ndef f(x):\n    return np.dot(x, x)\n", "np.dot"),
    "a method": ("def f(x):\n    return x.mean()\n", "x.mean"),
    "matrix product": ("def f(x):\n    return x @ x\n", "MatMult"),
    "array expression": ("import numpy as np\n\ndef f(x, out):\n    out[:] = np.sqrt(x)\n", "out[:] = ..."),
    "part of an array": ("def f(x, out):\n    out[1:3] = x[0]\n", "out[1:3] = ..."),
    "branch": (_ufunc("if x > 0.0:\n        return x\n    return -x"), "If"),
    "conditional expression": (_ufunc("return x if x > 0.0 else -x"), "IfExp"),
    "loop": (_ufunc("for i in range(3):\n        x = x * x\n    return x"), "For"),
    "while": (_ufunc("while x > 1.0:\n        x = x * HALF\n    return x"), "While"),
    "logic on arrays": (_ufunc("return x > 0.0 and x < 1.0"), "BoolOp"),
    "min of scalars": (_ufunc("return min(x, 1.0)"), "min"),
    "branch in a helper": (
        _ufunc("return _g(x)") + "\n\ndef _g(x):\n    if x > 0.0:\n        return x\n    return -x\n",
        "If",
    ),
    "libm in a helper": (_ufunc("return _g(x)") + "\n\ndef _g(x):\n    return np.tanh(x)\n", "np.tanh"),
    "a call within one of the same": (
        "def _g(x, y):\n    return x\n\ndef f(x):\n    return _g(x, _g(x, x))\n",
        "_g within _g",
    ),
    "comprehension": ("def f(x):\n    return [v for v in x]\n", "ListComp"),
    "lambda": ("def f(x):\n    g = lambda v: v\n    return g(x)\n", "Lambda"),
    "complex": (_ufunc("return x * 1j"), "1j"),
    "a constant from a function": ("import numpy as np\n\nE = np.exp(1.0)\n", "np.exp(1.0) is no literal"),
    "code at import": ("for i in range(3):\n    pass\n", "For"),
}


@pytest.mark.parametrize("label", REFUSED)
def test_checker_catches(label):
    """The checker finds each kind of forbidden operation, in a kernel and in what it calls."""
    source, what = REFUSED[label]

    assert any(what in found for found in violations(source))


def test_checker_accepts():
    """The checker accepts allowed operations, and comments and docstrings that name what is forbidden."""
    docstring = '"""Not np.exp(x), nor x ** 0.5."""\n    # np.sum\n    '

    assert violations(_ufunc(docstring + "return np.where(x > HALF, np.sqrt(x), np.ldexp(x, np.int32(3)))")) == []


def test_checker_accepts_loops_over_one_element():
    """A kernel that says that it is computed one element at a time may loop, and its variants; no other one may."""
    loop = "while x > 1.0:\n        x = x * HALF\n    return x"
    one = _ufunc('"""Computed one element at a time."""\n    ' + loop)
    both = one + "\n\n#pythran export ufunc f__single(float32)\ndef f__single(x):\n    " + loop
    other = one + "\n\n#pythran export ufunc g(float32)\ndef g(x):\n    " + loop

    assert violations(both) == []
    assert any("in g: While" in found for found in violations(other))
    assert any("in f: np.exp" in found for found in violations(one.replace("x * HALF", "np.exp(x)")))


def test_checker_follows_calls_across_files():
    """A branch is found in a function that an elementwise kernel of another file calls, and only there."""
    helper = "def _g(x):\n    if x > 0.0:\n        return x\n    return -x\n"

    assert violations(helper) == []
    assert any("If" in found for found in violations(helper, frozenset({"_g"})))


def test_allowed_names_exist():
    """The list of allowed names of NumPy has no misspelled one."""
    assert [name for name in NUMPY if not hasattr(np, name)] == []
