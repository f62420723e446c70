"""The floors of the package, and the sizes of its rooms, read from the source.

The tables in docs/ are written from here: `python -m tests.test_floors` brings them up to date.
"""

import ast
import pathlib
import re
import sys

import networkx as nx
import pytest

import minigraph

PACKAGE = pathlib.Path(minigraph.__file__).resolve().parent
HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = PACKAGE.parent / "examples"
OF_A_READER = ["train.py", "script.py", "tests/FILE.py"]  # files that a page speaks of and no clone has
DOCS = PACKAGE.parent / "docs"

# From the bottom: the rooms of each floor, and what they know. An arrow may only point down, or to a room beside.
FLOORS = [
    (["lazy", "logging"], "modules that load their names on first use; messages"),
    (["graph"], "dtypes, shapes, errors, definitions, the graph itself; numpy only"),
    (["checkpoints", "records"], "TensorFlow's files of checkpoints and of records, read and written; numpy only"),
    (["ops"], "the operations, in rooms named after what one types: `math`, `arrays`, `nn`, `linalg`…"),
    (
        ["autodiff", "interop", "runtime"],
        "differentiation; TensorFlow's GraphDef, in and out; sessions, plans, the engine",
    ),
    (["variables"], "`Variable`, `get_variable`, scopes, initializers"),
    (
        ["nn", "distributions", "images", "layers", "losses", "metrics", "rnn", "summary", "tables"],
        "what models are made of",
    ),
    (
        ["train", "queues", "data"],
        "optimizers, decays, moving averages, the global step; queues that threads fill; datasets",
    ),
    (["monitored", "saved_model"], "training that is watched: hooks, checkpoints, recovery; trained graphs in folders"),
    (["distributed"], "clusters of TensorFlow's servers, and training that is spread over them"),
    (["contrib"], "`optimize_loss`, and what else of `tf.contrib` courses use"),
    (["app", "compat", "datasets", "flags", "gfile", "test"], "around a program: flags, files, data, tests"),
    (
        [
            *(
                "bitwise",
                "debugging",
                "dtypes",
                "graph_util",
                "image",
                "initializers",
                "io",
                "linalg",
                "lookup",
                "manip",
            ),
            *("math", "nest", "python_io", "queue", "random", "sparse", "strings"),
        ],
        "`tf.math` and its like: names, no code",
    ),
]
# Beside the floors: these read graphs, plans and traces, and nothing on a floor knows them.
BESIDE = ["alias", "reading", "viz", "explain", "course", "cli", "__main__", "python"]
HEIGHT = {room: height for height, (rooms, _) in enumerate(FLOORS) for room in rooms}

# The rooms of `ops`, from the bottom. What lies on top of them (`operators`, `py_func`…) may ask all.
OPS = [
    "arrays",
    "math",
    "rows",
    "linalg",
    "variables",
    "control",
    "lists",
    "random",
    "queues",
    "nn",
    "training",
    "summary",
    "strings",
    "sparse",
    "images",
    "io",
    "tables",
    "data",
]

# Packages that a function may import, since they are optional, or take long and are seldom needed.
LATE = {
    "IPython": "the notebook extra",
    "PIL": "the images extra",
    "difflib": "only errors",
    "google": "the tensorboard extra",
    "graphviz": "only pictures",
    "hashlib": "only compiled loops",
    "logging": "only warnings",
    "matplotlib": "the plots extra",
    "ml_dtypes": "the bfloat16 extra",
    "networkx": "only graph questions",
    "numba": "the speed extra",
    "pygraphviz": "only pictures",
    "tempfile": "only compiled loops",
    "heapq": "only shuffled orders",
    "random": "only shuffled orders",
    "tensorboard": "the tensorboard extra",
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: pathlib.Path) -> str:
    """Return the dotted name of a module of the package, without `minigraph`: "graph.shapes", "" for the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path): path for path in MODULES}
ids = [str(path.relative_to(PACKAGE)) for path in MODULES]
TREES = {path: ast.parse(path.read_text()) for path in MODULES}


def room(path: pathlib.Path) -> str:
    """Return the folder, or the module on the top level, that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def targets(node: ast.AST) -> list:
    """Return the dotted names that an import asks for, where a name may be a module or what lies in one."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert not node.level, "write imports in full"
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def imports(path: pathlib.Path) -> list:
    """Return (module of this package, line) for each import of a file, late ones included, doctests not."""
    found = []
    for node in ast.walk(TREES[path]):
        for target in targets(node):
            if target.split(".")[0] == "minigraph":
                name = target.partition(".")[2]
                found.append((name if name in NAMES else name.rpartition(".")[0], node.lineno))
    return found


def late_imports(path: pathlib.Path) -> list:
    """Return the imports inside functions, those of a module's `__getattr__` aside."""
    own = [f for f in TREES[path].body if isinstance(f, ast.FunctionDef) and f.name in ("__getattr__", "__dir__")]
    allowed = {id(node) for f in own for node in ast.walk(f)}
    functions = [f for f in ast.walk(TREES[path]) if isinstance(f, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))]
    inside = {id(node): node for f in functions for node in ast.walk(f) if id(node) not in allowed}
    return [(target, node.lineno) for node in inside.values() for target in targets(node)]


def circles(arrows: list) -> list:
    """Return the circles of a graph of names, each as a sorted list."""
    return sorted(sorted(c) for c in nx.strongly_connected_components(nx.DiGraph(arrows)) if len(c) > 1)


# Floors


def test_every_room_has_a_floor():
    assert {room(p) for p in MODULES} - {"__init__"} == {*HEIGHT, *BESIDE}


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) in HEIGHT], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_arrows_point_down(path):
    here = room(path)
    for name, line in imports(path):
        there = name.split(".")[0]
        assert there in HEIGHT, f"{path.name}:{line} imports {there}, which reads floors and is not one"
        assert HEIGHT[there] <= HEIGHT[here], f"{path.name}:{line} ({here}) imports {there}, a higher floor"


def test_rooms_of_one_floor_do_not_ask_each_other_in_turn():
    arrows = {(room(p), name.split(".")[0]) for p in MODULES for name, _ in imports(p) if room(p) in HEIGHT}
    assert circles([(a, b) for a, b in arrows if a != b and b]) == []


def test_the_rooms_of_ops_have_floors_too():
    order = {name: i for i, name in enumerate(OPS)}
    for path in (PACKAGE / "ops").glob("*/*.py"):
        here = path.parent.name
        for name, line in imports(path):
            parts = name.split(".")
            if parts[0] == "ops" and len(parts) > 1:
                assert order.get(parts[1], 99) <= order[here], (
                    f"{here}/{path.name}:{line} imports {name}, which is above"
                )


def test_no_circle_of_files():
    """Late imports counted: what asks for each other is one thing, or has a third below it."""
    assert circles([(name_of(p), name) for p in MODULES for name, _ in imports(p) if name_of(p) != name]) == []


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_imports_stand_at_the_top(path):
    for target, line in late_imports(path):
        top = target.split(".")[0]
        assert top != "minigraph", f"{path.name}:{line} imports {target} inside a function"
        assert top in LATE, f"{path.name}:{line} imports {target} inside a function; see LATE"


def test_runtime_names_no_operation():
    """The engine sees operations through the rules of their definitions only."""
    for path in PACKAGE.glob("runtime/**/*.py"):
        assert not [line for name, line in imports(path) if name.split(".")[0] == "ops"], path


def test_the_first_floor_needs_numpy_only():
    allowed = {"numpy", "minigraph", "ml_dtypes", "google", *sys.stdlib_module_names}  # google: messages, on first use
    for path in PACKAGE.glob("graph/*.py"):
        for node in ast.walk(TREES[path]):
            for target in targets(node):
                assert target.split(".")[0] in allowed, f"{path.name} imports {target}"


# The checks can fail


def test_a_circle_is_found():
    assert circles([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]) == [["a", "b", "c"]]


def test_a_late_import_is_found(monkeypatch):
    text = "import ast\ndef f():\n    from minigraph.graph import shapes\ndef __getattr__(name):\n    import io\n"
    monkeypatch.setitem(TREES, "x", ast.parse(text))
    assert late_imports("x") == [("minigraph.graph.shapes", 3)]


# Sizes


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_rooms_are_small(path):
    assert len(path.read_text().splitlines()) <= 400 or path.name == "__init__.py", "split this module"
    for node in ast.walk(TREES[path]):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            start = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.lineno
            assert node.end_lineno - start < 60, f"{node.name} is too long"


# The tables of the docs


def label(name: str) -> str:
    """Return a room as the docs write it: folders end with a slash."""
    return f"`{name}/`" if (PACKAGE / name).is_dir() else f"`{name}.py`"


def table() -> str:
    """Return the table of floors, the highest first."""
    rows = [
        f"| {height} | {' '.join(map(label, rooms))} | {known} |"
        for height, (rooms, known) in reversed(list(enumerate(FLOORS)))
    ]
    beside = " ".join(label(name) for name in BESIDE if name != "__main__")
    rows.append(f"| beside | {beside} | read graphs, plans and traces; no floor knows them |")
    return "\n".join(["| floor | rooms | what they know |", "|---|---|---|", *rows])


def with_table(text: str) -> str:
    """Return the text of a page with the table of today between its marks."""
    before, rest = text.split("<!-- floors -->\n")
    return f"{before}<!-- floors -->\n{table()}\n<!-- end of floors -->{rest.split('<!-- end of floors -->')[1]}"


PAGES = [DOCS / "architecture.md", DOCS / "contributing.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_the_docs_show_these_floors(page):
    assert page.read_text() == with_table(page.read_text()), "run python -m tests.test_floors"


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda p: p.name)
def test_files_named_in_the_docs_exist(page):
    there = [f"/{p.relative_to(PACKAGE.parent)}" for top in (PACKAGE, HERE, DOCS, EXAMPLES) for p in top.rglob("*.py")]
    for name in re.findall(r"`([\w./*-]+\.py)`", page.read_text()):
        if "*" not in name and name not in OF_A_READER:
            assert any(path.endswith(f"/{name}") for path in there), f"{page.name} names {name}, which is not there"


if __name__ == "__main__":
    for each in PAGES:
        each.write_text(with_table(each.read_text()))
