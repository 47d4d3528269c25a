"""docs/configuration.md against the code: every variable that is read has a row with its default, and no row is left over."""

import ast
import re
from collections import defaultdict

from tests.test_structure import ROOT, tracked

OF_THE_MACHINE = {"PATH", "NOTIFY_SOCKET", "DJANGO_SETTINGS_MODULE"}  # nobody sets them for We Watch
READERS = {"store", "stores", "text", "words", "integer", "boolean", "choice", "url", "token"}
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.*?) ?\| ", re.MULTILINE)


def written(value) -> str:
    """A default as the table writes it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    words = ",".join(value) if isinstance(value, list) else str(value)
    return f"`{words}`" if words else ""


def reader(call: ast.Call) -> str:
    """The function of `env` that is called, in its own module by its bare name; `get` of the environment itself."""
    function = call.func
    if isinstance(function, ast.Name):
        return function.id if function.id in READERS else ""
    if not isinstance(function, ast.Attribute):
        return ""
    if ast.unparse(function) == "os.environ.get":
        return "get"
    return function.attr if ast.unparse(function.value) == "env" and function.attr in READERS else ""


def literal(node: ast.expr) -> object:
    """The value that an expression is, None where it has to be worked out."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def defaults(tree: ast.AST) -> list[tuple[str, object]]:
    """(name, default) of every reading whose name stands there; the default is None where it has to be worked out."""
    otherwise = {
        id(node.values[0]): literal(node.values[1])
        for node in ast.walk(tree)
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or)
    }
    found = []
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not (how := reader(call)) or not call.args:
            continue
        name = literal(call.args[0])
        if not isinstance(name, str):
            continue
        default = False if how == "boolean" else ""
        if len(call.args) > 1 and how not in ("words", "token"):
            default = literal(call.args[1])
        found.append((name, otherwise.get(id(call), default)))
    return found


def read() -> dict[str, list]:
    """The defaults of every variable, for each place that reads it."""
    found = defaultdict(list)
    for path in tracked("wewatch/*.py", "rooms/*.py", "accounts/*.py", "manage.py"):
        for name, default in defaults(ast.parse(path.read_text())):
            found[name].append(default)
    for name, default in re.findall(r"^(\w+) \?= (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE):
        found[name].append(default)
    return {name: values for name, values in found.items() if name not in OF_THE_MACHINE}


def test_every_variable_has_a_row_and_every_row_a_variable():
    rows = ROW.findall((ROOT / "docs" / "configuration.md").read_text())
    assert sorted(name for name, _ in rows) == sorted(read())


def test_the_defaults_in_the_table_are_those_of_the_code():
    rows = dict(ROW.findall((ROOT / "docs" / "configuration.md").read_text()))
    known = {name: values for name, values in read().items() if None not in values}
    wrong = {
        name: (rows[name], values)
        for name, values in known.items()
        if {written(value) for value in values} != {rows[name] if "`" in rows[name] or written(values[0]) else ""}
    }
    assert not wrong
    assert {"PORT", "STORE_FSYNC", "ALLOWED_HOSTS", "DEBUG", "YOUTUBE_URL", "METRICS_TOKEN", "PYTHON"} <= known.keys()
