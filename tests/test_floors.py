"""The floors of the package, and the sizes of its rooms, read from the source."""

import ast
import pathlib

import pytest

import minigraph

PACKAGE = pathlib.Path(minigraph.__file__).resolve().parent
FLOORS = {
    "lazy": 0,
    "graph": 1,
    "ops": 2,
    "autodiff": 3,
    "runtime": 3,
    "variables": 4,
    "layers": 5,
    "losses": 5,
    "metrics": 5,
    "nn": 5,
    "debugging": 6,
    "dtypes": 6,
    "initializers": 6,
    "linalg": 6,
    "math": 6,
    "random": 6,
    "rnn": 5,
    "image": 5,
    "data": 5,
    "summary": 5,
    "train": 6,
    "contrib": 7,
}
READERS = {"reading", "viz", "explain", "interop", "cli", "__main__", "python"}  # beside: nothing on a floor knows them
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
module_ids = [str(path.relative_to(PACKAGE)) for path in MODULES]


def room(path: pathlib.Path) -> str:
    """Return the folder, or the module on the top level, that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: pathlib.Path) -> list:
    """Return the rooms of this package that a file imports, late imports included, doctests not."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found += [(name.split(".")[1], node.lineno) for name in names if name.startswith("minigraph.")]
    return found


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) in FLOORS], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_arrows_point_down(path):
    here = room(path)
    for there, line in imports(path):
        assert there in FLOORS, f"{path.name}:{line} imports {there}, which reads floors and is not one"
        assert FLOORS[there] <= FLOORS[here], f"{path.name}:{line} ({here}) imports {there}, a higher floor"
        assert (
            there == here
            or FLOORS[there] < FLOORS[here]
            or {here, there} <= {"autodiff", "runtime"}
            or (FLOORS[here] == 5)
        ), f"{path.name}:{line} ({here}) imports its neighbour {there}"


def test_every_room_has_a_floor():
    assert {room(p) for p in MODULES} - {"__init__"} <= set(FLOORS) | READERS


@pytest.mark.parametrize("path", MODULES, ids=module_ids)
def test_rooms_are_small(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 400 or path.name == "__init__.py", "split this module"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            start = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.lineno
            assert node.end_lineno - start < 60, f"{node.name} is too long"


def test_runtime_names_no_operation():
    """The engine sees operations through the rules of their definitions only."""
    for path in PACKAGE.glob("runtime/*.py"):
        assert not [line for there, line in imports(path) if there == "ops"], path


def test_the_first_floor_needs_numpy_only():
    allowed = {"numpy", "minigraph", "__future__", "ml_dtypes"}  # the last is optional, for bfloat16
    import sys

    for path in PACKAGE.glob("graph/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            for name in names:
                top = name.split(".")[0]
                assert top in allowed or top in sys.stdlib_module_names, f"{path.name} imports {name}"
