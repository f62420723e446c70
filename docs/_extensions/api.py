"""The reference: a page for each module of `tf`, written from the docstrings when the site is built.

`docs/api/` is generated. The names are those that the modules list; a name that stands for the same thing as
another one is described once, and says so elsewhere.
"""

from __future__ import annotations

import enum
import functools
import importlib
import inspect
import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.ext.napoleon import Config, GoogleDocstring

import minigraph
from minigraph.graph.dtypes import DType
from minigraph.lazy import attached

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULES = {
    "tf": "The graph, sessions, variables, and the operations that are used most.",
    "tf.nn": "What networks are made of: activations, convolutions, softmax, losses of single examples.",
    "tf.nn.rnn_cell": "Recurrent cells.",
    "tf.layers": "Layers: functions and classes that create their variables.",
    "tf.losses": "Losses with weights, collected in the graph.",
    "tf.metrics": "Figures that gather over many batches, in local variables.",
    "tf.train": "Optimizers, learning rates that decay, moving averages, the global step.",
    "tf.contrib.layers": "`tf.contrib.layers.optimize_loss`, and layers with normalizers and regularizers.",
    "tf.contrib.framework": "The global step, argument scopes, and finding variables.",
    "tf.contrib.losses": "Losses, by their older names.",
    "tf.contrib.rnn": "Recurrent cells, and networks of them that are unrolled.",
    "tf.contrib.seq2seq": "Decoders, attention and losses of sequences.",
    "tf.contrib.legacy_seq2seq": "Sequence models of fixed lengths.",
    "tf.contrib.slim": "Layers with argument scopes, as TF-Slim has them.",
    "tf.contrib.slim.learning": "Train ops of TF-Slim.",
    "tf.contrib.slim.losses": "Losses of TF-Slim.",
    "tf.contrib.slim.model_analyzer": "What a model consists of.",
    "tf.contrib.slim.utils": "Small parts of TF-Slim.",
    "tf.contrib.crf": "Conditional random fields over sequences of tags.",
    "tf.contrib.distributions": "The distributions of `tf.distributions`, by their older names.",
    "tf.contrib.framework.nest": "Nested structures, by their older names.",
    "tf.contrib.metrics": "Metrics, by their older names and with the older order of arguments.",
    "tf.contrib.opt": "Optimizers with weight decay, and variants of Adam.",
    "tf.contrib.training": "Hyperparameters, and train operations that return the loss.",
    "tf.contrib.layers.utils": "Small parts of `tf.contrib.layers`.",
    "tf.summary": "Numbers and pictures for TensorBoard.",
    "tf.test": "Tests of programs that build graphs.",
    "tf.initializers": "Initial values of variables.",
    "tf.math": "Mathematics, element by element and along axes.",
    "tf.linalg": "Matrices.",
    "tf.bitwise": "The bits of integers.",
    "tf.distributions": "Probability distributions.",
    "tf.manip": "Tensors rearranged.",
    "tf.nest": "Nested lists, tuples and dicts of tensors.",
    "tf.random": "Random numbers and seeds.",
    "tf.debugging": "Assertions in the graph.",
    "tf.dtypes": "The types of elements, and conversions.",
    "tf.errors": "The exceptions of a run.",
    "tf.io": "Files of records, and what their bytes mean.",
    "tf.python_io": "Files of records, in Python.",
    "tf.queue": "Queues that threads fill.",
    "tf.app": "The start of a program.",
    "tf.flags": "Arguments of the command line.",
    "tf.logging": "Messages.",
    "tf.gfile": "Files and folders.",
    "tf.graph_util": "Parts of a graph as messages, and graphs whose variables are constants.",
    "tf.saved_model": "A trained graph in a folder, with its variables and the names of what goes in and comes out.",
    "tf.saved_model.builder": "A SavedModel, written graph by graph.",
    "tf.saved_model.constants": "Names of files, folders and collections of a SavedModel.",
    "tf.saved_model.loader": "SavedModels, read.",
    "tf.saved_model.main_op": "What is run when a SavedModel has been loaded.",
    "tf.saved_model.signature_constants": "The names that TensorFlow Serving asks for.",
    "tf.saved_model.signature_def_utils": "What goes into a graph and what comes out, under names, as messages.",
    "tf.saved_model.tag_constants": "What a graph in a SavedModel is for.",
    "tf.saved_model.utils": "Tensors as messages.",
    "tf.contrib.util": "Arrays as messages.",
    "tf.compat": "Texts and bytes; `tf.compat.v1` is the package itself.",
    "tf.contrib.tensorboard.plugins.projector": "Vectors in space, for TensorBoard.",
    "tf.contrib": "Parts of `tf.contrib`.",
    "tf.explain": "Questions to a graph. Also `from minigraph import explain`.",
    "tf.viz": "Pictures and pages of a graph. Also `from minigraph import viz`.",
}
SECTIONS = {  # the page of a name of `tf`: its heading, and where such names are defined
    "graph": ("Graphs, scopes and collections", "graph interop"),
    "session": ("Sessions", "runtime"),
    "types": (
        "Types, shapes and conversions",
        "graph.dtypes graph.shapes graph.convert graph.constant_value graph.tensor_like",
    ),
    "variables": ("Variables", "variables ops.variables"),
    "initializers": ("Initializers", "variables.initializers"),
    "arrays": ("Arrays and their parts", "ops.arrays ops.rows graph.indexed_slices"),
    "math": ("Mathematics", "ops.math ops.nn metrics"),
    "linalg": ("Matrices", "ops.linalg"),
    "random": ("Random numbers", "ops.random graph.seeds"),
    "control": ("Branches, loops, assertions and Python", "ops"),
    "files": ("Files, records and queues", "ops.io ops.strings queues records"),
    "messages": ("Protocol messages", "graph.protos graph.tensor_protos"),
    "programs": ("Programs as they are", "alias graph.behavior"),
    "gradients": ("Gradients", "autodiff graph.register_gradient"),
}
# What TensorFlow 1.15 does not have under this name (looked up there).
OURS = {"tf.GraphWarning", "tf.errors.GraphWarning", "tf.set_traceback", "tf.contrib.layers.adaptive_clipping_fn"} | {
    "tf.initializers.Initializer",
    "tf.errors.InaccessibleTensorError",
    "tf.errors.OperatorNotAllowedInGraphError",
}
VALUES = {  # what has no docstring of its own
    "tf.AUTO_REUSE": "For `reuse=`: share a variable if it exists, else create it.",
    "tf.newaxis": "None, for an axis of size 1: `x[:, tf.newaxis]`.",
    "tf.distributions.FULLY_REPARAMETERIZED": "Samples have a gradient by the parameters.",
    "tf.distributions.NOT_REPARAMETERIZED": "Samples have no gradient by the parameters.",
    "tf.contrib.distributions.FULLY_REPARAMETERIZED": "Samples have a gradient by the parameters.",
    "tf.contrib.distributions.NOT_REPARAMETERIZED": "Samples have no gradient by the parameters.",
    "tf.contrib.layers.OPTIMIZER_CLS_NAMES": "The optimizers that `optimize_loss` knows by name.",
    "tf.contrib.layers.OPTIMIZER_SUMMARIES": "The summaries that `optimize_loss` can write.",
}
VALUES |= {
    "tf.compat.bytes_or_text_types": "The Python types of texts and bytes, for `isinstance`.",
    "tf.compat.integral_types": "The types of whole numbers, Python's and numpy's, for `isinstance`.",
    "tf.compat.real_types": "The types of real numbers, Python's and numpy's, for `isinstance`.",
    "tf.compat.complex_types": "The types of all numbers, Python's and numpy's, for `isinstance`.",
    **{f"tf.logging.{level}": "A level of messages." for level in ("DEBUG", "INFO", "WARN", "ERROR", "FATAL")},
}
_NAPOLEON = Config(napoleon_use_param=False, napoleon_use_rtype=False)
_NAPOLEON.napoleon_custom_sections = [("Attributes", "params_style"), ("Class attributes", "params_style")]


@dataclass(frozen=True)
class Entry:
    """A public name."""

    name: str  # "tf.math.abs"
    thing: Any
    home: str  # the module that defines it
    original: str  # its name there
    page: str  # "api/tf.math"

    @property
    def kind(self) -> str:
        if inspect.isclass(self.thing) and not is_message(self.thing):
            is_error = issubclass(self.thing, BaseException)
            return "exception" if is_error else "class"
        is_value = isinstance(self.thing, (DType, enum.Enum, type))
        return "function" if callable(self.thing) and not is_value else "data"


def module_of(name: str) -> Any:
    return functools.reduce(getattr, name.split(".")[1:], minigraph)


def public(module: Any) -> list[str]:
    """Return the public names of a module that are not modules."""
    names = getattr(module, "__all__", None)
    if names is None:
        names = [name for name, value in vars(module).items() if name[0] != "_" and _is_own(module, value)]
    return [name for name in sorted(names, key=str.lower) if not inspect.ismodule(getattr(module, name))]


def _is_own(module: Any, value: Any) -> bool:
    return isinstance(value, int) or getattr(value, "__module__", None) == module.__name__


def defined(module: str, name: str) -> tuple[str, str]:
    """Return the module in which a name is defined, and its name there."""
    while name in attached.get(module, ()):
        module, name = attached[module][name]
    return module, name


def section_of(home: str) -> str:
    """Return the section of the names of `tf` that are defined in a module: the one with the longest prefix."""
    found = [
        (len(prefix), section)
        for section, (_, prefixes) in SECTIONS.items()
        for prefix in prefixes.split()
        if f"{home}.".startswith(f"minigraph.{prefix}.")
    ]
    return max(found)[1]


def is_message(thing: Any) -> bool:
    """Return whether a thing is the class of a protocol message, which TensorBoard has."""
    return inspect.isclass(thing) and hasattr(thing, "DESCRIPTOR")


@functools.cache
def entries() -> list[Entry]:
    """Return all public names, those of `tf` first."""
    found = []
    for path in MODULES:
        module = module_of(path)
        for name in public(module):
            thing = getattr(module, name)
            home, original = defined(module.__name__, name)
            if (inspect.isclass(thing) or inspect.isfunction(thing)) and not is_message(thing):
                home, original = thing.__module__, thing.__qualname__
            page = f"api/tf-{section_of(home)}" if path == "tf" else f"api/{path}"
            found.append(Entry(f"{path}.{name}", thing, home, original, page))
    return found


@functools.cache
def canonical() -> dict[int, Entry]:
    """Return for each thing with a docstring the first of its names, under which it is described."""
    found: dict[int, Entry] = {}
    for entry in entries():
        if entry.kind != "data" or isinstance(entry.thing, DType):
            found.setdefault(id(entry.thing), entry)
    return found


def names_of(entry: Entry) -> list[str]:
    if id(entry.thing) not in canonical():
        return [entry.name]
    return [other.name for other in entries() if other.thing is entry.thing]


def line_of(entry: Entry) -> tuple[str, int]:
    """Return the file and the line where a name is defined."""
    module = importlib.import_module(entry.home)
    path = pathlib.Path(inspect.getfile(module))
    shown = path.relative_to(ROOT).as_posix()
    if (inspect.isclass(entry.thing) or inspect.isfunction(entry.thing)) and not is_message(entry.thing):
        try:
            return shown, inspect.getsourcelines(inspect.unwrap(entry.thing))[1]
        except OSError:  # a class that a function has made
            pass
    pattern = re.compile(rf"^\W*(?:def |class )?{re.escape(entry.original)}\b")
    lines = path.read_text().splitlines()
    return shown, next((i for i, line in enumerate(lines, 1) if pattern.match(line)), 1)


def default_text(value: Any) -> str:
    """Return how a default is written in a signature."""
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    if (entry := canonical().get(id(value))) and entry.kind != "data":
        return entry.name
    if entry := canonical().get(id(type(value))):
        return repr(value) if isinstance(value, DType) else f"{entry.name}()"
    text = repr(value)
    return "..." if "<" in text else text


def signature(thing: Any, is_method: bool = False) -> str:
    """Return the parameters of a function with their defaults; types are told by the docstring."""
    if is_message(thing):
        return "(**fields)"
    try:
        parameters = list(inspect.signature(thing).parameters.values())
    except (TypeError, ValueError):
        return "()"
    plain = [p.replace(annotation=inspect.Parameter.empty) for p in parameters[is_method:]]
    shown = [p if p.default is p.empty else p.replace(default=_Shown(default_text(p.default))) for p in plain]
    return str(inspect.Signature(shown))


class _Shown:
    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def body(text: str | None) -> list[str]:
    """Return a docstring as lines of reStructuredText, the names of our exceptions in full."""
    lines = str(GoogleDocstring(escaped(text), _NAPOLEON)).splitlines()
    known = {entry.name.rpartition(".")[2]: entry.name for entry in entries() if entry.kind == "exception"}
    raised = re.compile(r"^(:raises )(?:tf\.)?(?:errors\.)?(\w+)(?=:)")
    return [raised.sub(lambda m: m.group(1) + known.get(m.group(2), m.group(2)), line) for line in lines]


def escaped(text: str | None) -> str:
    """Return a docstring in which a | is a | where reStructuredText would see a substitution."""
    lines = inspect.cleandoc(text or "").splitlines()
    return "\n".join(line if ">>>" in line or "`" in line else line.replace("|", "\\|") for line in lines)


def summary(text: str | None) -> str:
    """Return the first paragraph of a docstring."""
    return " ".join(escaped(text).split("\n\n")[0].split())


def members(cls: type) -> Iterator[tuple[str, Any, str, list[str]]]:
    """Yield what a class and its bases without a page define: name, value, directive, and lines that follow it."""
    hidden: set[type] = {cls} if is_message(cls) else set()
    for base in cls.__mro__[1:]:
        if id(base) in canonical() or not base.__module__.startswith("minigraph"):
            hidden.update(base.__mro__)
    names: dict[str, None] = {}
    for base in cls.__mro__:
        if base not in hidden:
            names.update(dict.fromkeys(name for name in vars(base) if name[0] != "_"))
    for name in sorted(names, key=str.lower):
        static = inspect.getattr_static(cls, name)
        value = getattr(cls, name, None)
        if isinstance(static, (property, functools.cached_property)):
            yield name, static, "property", []
        elif getattr(value, "__module__", "").partition(".")[0] in ("absl", "unittest"):
            continue  # told there
        elif inspect.isroutine(value) and inspect.getdoc(value):
            kind = type(static).__name__ if isinstance(static, (classmethod, staticmethod)) else ""
            skip = bool(inspect.isfunction(value) and kind != "staticmethod")
            yield name, value, f"method{signature(value, skip)}", [f":{kind}:"] if kind else []
        elif name.isupper():
            yield name, None, "attribute", [f":value: {getattr(value, 'value', value)!r}"]


def indent(lines: list[str], by: int = 3) -> list[str]:
    return [" " * by + line if line else "" for line in lines]


def origin(entry: Entry) -> list[str]:
    """Return the line that says what a name is in TensorFlow, and where it is defined."""
    path, line = line_of(entry)
    names = [name for name in names_of(entry) if name not in OURS and not name.startswith(("tf.explain", "tf.viz"))]
    is_there = f"TensorFlow 1.15: {', '.join(f'`{name}`' for name in names)}" if names else "Not in TensorFlow 1.15"
    return ["", ".. rst-class:: origin", "", f"{is_there} · defined in :source:`{path}:{line}`", ""]


def described(entry: Entry) -> list[str]:
    """Return the lines of the entry of a name."""
    first = canonical().get(id(entry.thing), entry)
    args = "" if entry.kind == "data" else signature(entry.thing)
    lines = [f".. py:{entry.kind}:: {entry.name}{args}"]
    if entry.kind == "data" and not isinstance(entry.thing, (DType, dict, list)):
        lines += [f"   :value: {getattr(entry.thing, 'value', entry.thing)!r}"]
    lines += [""]
    if first is not entry:
        same = f"The same as `{first.name}`."
        text = "" if isinstance(entry.thing, DType) else f" {summary(_doc(entry.thing))}"
        return [*lines, *indent([same + text]), ""]
    lines += indent([*text_of(entry), *origin(entry)])
    if entry.kind in ("class", "exception"):
        bases = [canonical()[id(b)].name for b in entry.thing.__mro__[1:] if id(b) in canonical()]
        if bases:
            lines += indent([f"It is a `{bases[0]}`, and has its methods and attributes.", ""])
        for name, value, directive, options in members(entry.thing):
            kind, parenthesis, args = directive.partition("(")
            lines += indent([f".. py:{kind}:: {name}{parenthesis}{args}", *indent(options), ""])
            lines += indent(body(inspect.getdoc(value) if value is not None else ""), 6) + [""]
    return lines


def _doc(thing: Any) -> str | None:
    if is_message(thing):
        fields = ", ".join(f"`{field.name}`" for field in thing.DESCRIPTOR.fields)
        return f"TensorFlow's protocol message of this name. Its fields are {fields}."
    return thing.func.__doc__ if isinstance(thing, functools.partial) else inspect.getdoc(thing)


def text_of(entry: Entry) -> list[str]:
    thing = entry.thing
    if isinstance(thing, functools.partial):
        arguments = [*map(default_text, thing.args), *[f"{k}={default_text(v)}" for k, v in thing.keywords.items()]]
        return [f"`{canonical()[id(thing.func)].name}` with `{', '.join(arguments)}`."]
    if isinstance(thing, DType):
        size = f", {thing.size} bytes" if thing.size else ""
        return [f"The element type {thing.name}{size}."]
    if entry.kind != "data":
        return body(_doc(thing))
    if isinstance(thing, (str, int)) and entry.name.startswith("tf.saved_model."):
        return [f"`{thing!r}`"]
    if isinstance(thing, int) and not isinstance(thing, enum.Enum) and entry.name not in VALUES:
        return [f"The code of an error: `error_code == tf.errors.{entry.original}`."]
    listed = [f"`{each!r}`" for each in thing] if isinstance(thing, (dict, list)) else []
    return [VALUES[entry.name], *(["", ", ".join(listed)] if listed else [])]


def heading(text: str, line: str = "=") -> list[str]:
    return [text, line * len(text), ""]


def table(found: list[Entry]) -> list[str]:
    """Return a table of names and their first sentences."""
    lines = [".. list-table::", "   :class: names", "   :widths: 35 65", ""]
    for entry in found:
        told = text_of(entry) if entry.kind == "data" or isinstance(entry.thing, functools.partial) else None
        text = told[0] if told else summary(_doc(entry.thing))
        lines += [f"   * - `{entry.name}`", f"     - {text.rstrip(':')}"]
    return [*lines, ""]


def pages() -> Iterator[tuple[str, list[str]]]:
    """Yield each page of the reference: its name and its lines."""
    by_page: dict[str, list[Entry]] = {}
    for entry in entries():
        by_page.setdefault(entry.page, []).append(entry)
    yield (
        "api/index",
        [
            *heading("Reference"),
            "Every public name, by module. A name means what it means in TensorFlow 1.15;",
            ":doc:`../differences` has the exceptions.",
            "",
            ".. list-table::",
            "   :widths: 25 10 65",
            "",
            *[
                line
                for path, text in MODULES.items()
                for line in (
                    f"   * - :doc:`{path} <{path}>`",
                    f"     - {len(public(module_of(path)))}",
                    f"     - {text}",
                )
            ],
            "",
            ".. toctree::",
            "   :hidden:",
            "",
            *indent([path for path in MODULES]),
            "",
        ],
    )
    for path, text in MODULES.items():
        if path == "tf":
            yield "api/tf", _first_page(text, by_page)
            for section, (title, _) in SECTIONS.items():
                found = by_page[f"api/tf-{section}"]
                yield f"api/tf-{section}", _page(f"tf: {title}", "", found)
        else:
            module = [f".. py:module:: {path}", "", ".. py:currentmodule:: None", ""]
            yield f"api/{path}", module + _page(path, text, by_page.get(f"api/{path}", []))


def _page(title: str, text: str, found: list[Entry]) -> list[str]:
    below = ["`tf.contrib.layers` and `tf.contrib.framework`."] if title == "tf.contrib" else []
    names = table(found) if found else below
    return [*heading(title), text, "", *names, *[line for entry in found for line in described(entry)]]


def _first_page(text: str, by_page: dict[str, list[Entry]]) -> list[str]:
    lines = [".. py:module:: tf", "", *heading("tf"), text, "", "`import minigraph as tf`", ""]
    lines += [".. toctree::", "   :hidden:", "", *[f"   tf-{section}" for section in SECTIONS], ""]
    for section, (title, _) in SECTIONS.items():
        lines += [
            *heading(title, "-"),
            f"Arguments and examples: :doc:`tf-{section}`.",
            "",
            *table(by_page[f"api/tf-{section}"]),
        ]
    return lines


@functools.cache
def linked() -> dict[str, str]:
    """Return what a text may write in code for a name or a member of a class, and the full name."""
    names = {path: path for path in MODULES}
    for entry in entries():
        names[entry.name] = entry.name
        if inspect.isclass(entry.thing) and canonical().get(id(entry.thing)) is entry:
            names.update({f"{entry.name}.{name}": f"{entry.name}.{name}" for name, *_ in members(entry.thing)})
    short = {name.removeprefix("tf."): name for name in names if name.startswith(("tf.explain.", "tf.viz."))}
    return names | short


@functools.cache
def in_short(module: str) -> dict[str, str]:
    """Return what the docstrings of a module may write for short: `Graph.as_default`, `mean_squared_error`."""
    found: dict[str, str] = {}
    for name in linked().values():
        if name.startswith(f"{module}.") and ("." not in name[len(module) + 1 :] or name[len(module) + 1].isupper()):
            found[name[len(module) + 1 :]] = name
    parameters: set[str] = set()
    for entry in entries():
        if entry.kind in ("function", "class"):
            parameters.update(re.findall(r"\w+", signature(entry.thing)))
    return {short: name for short, name in found.items() if short not in parameters and re.search(r"[A-Z_]", short)}


def _link(app: Sphinx, doctree: nodes.document) -> None:
    """Link code that is the name of something, or a call of it, to its entry."""
    page = app.env.docname
    known = linked()
    if page.startswith("api/"):
        known = known | in_short("tf") | in_short(page.removeprefix("api/"))
    for literal in list(doctree.findall(nodes.literal)):
        name = re.match(r"[\w.]*", literal.astext()).group()
        if name not in known or not re.fullmatch(r"(\(.*\))?", literal.astext()[len(name) :]):
            continue
        if isinstance(literal.parent, (nodes.reference, pending_xref, nodes.title)):
            continue
        target = pending_xref("", refdomain="py", reftype="obj", reftarget=known[name], refdoc=page, refwarn=True)
        literal.replace_self(target)
        target += literal


def write(folder: pathlib.Path) -> None:
    """Write the pages, and leave those that are the same: Sphinx reads again what has changed."""
    texts = {folder / f"{name}.rst": "\n".join(lines) + "\n" for name, lines in pages()}
    (folder / "api").mkdir(exist_ok=True)
    for old in set((folder / "api").glob("*.rst")) - set(texts):
        old.unlink()
    for path, text in texts.items():
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


def _generate(app: Sphinx) -> None:
    write(pathlib.Path(app.srcdir))


def setup(app: Sphinx) -> dict:
    app.connect("builder-inited", _generate)
    app.connect("doctree-read", _link)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
