"""`races`: pairs of operations on one variable, at least one of them writing, that no path orders."""
from __future__ import annotations

import itertools
from typing import Any, Callable, Iterator, NamedTuple

from minigraph.explain.access import Access, accesses, cell_of, guarded, is_initializer
from minigraph.explain.paths import Before
from minigraph.explain.report import Finding, Report, amount, elements, listed, made
from minigraph.graph.operation import Operation, Tensor, where_text
from minigraph.runtime.feeds import resolve_feed_key
from minigraph.runtime.plan import ancestors

__all__ = ["races", "Races", "Pair", "pairs_of", "RACE", "ONLY_TF1"]

RACE, ONLY_TF1 = "race", "race-in-tf1"
_MOST_MARKED = 2048         # operations asked about in one pass: the bits of a number for each node
_MOST_PAIRS = 2000          # of one report
_ADDING = {"AssignAdd", "AssignSub", "ScatterAdd", "ScatterSub", "ScatterNdAdd", "ScatterNdSub"}
_HANDS_ON = {"Identity", "StopGradient", "Reshape", "Squeeze", "ExpandDims", "PreventGradient", "CheckNumerics"}
_TAKES_NO_VALUE = {"Shape", "ShapeN", "Size", "Rank", "ZerosLike", "OnesLike"}


class Pair(NamedTuple):
    """Two operations on one variable that no path orders; the first one was made first.

    Attributes:
        cell: the variable.
        first, second: the operations.
        reader: the one that only reads; None where both write.
        use: an operation that takes the value read.
        kind: "order": it decides what a run gives. Elsewhere only TensorFlow 1.x leaves the result open: "use": the
            value is read before the update and used at an undefined time; "fetch": the variable is fetched.
    """
    cell: Operation
    first: Operation
    second: Operation
    reader: Operation | None
    use: Operation | None = None
    kind: str = "order"


class Races(Report):
    """The report of `races`.

    Attributes:
        pairs: the `Pair`s, those first whose order decides a result here.
    """

    def __init__(self, graph: Any, pairs: list[Pair]):
        real = [p for p in pairs if p.kind == "order"]
        only = [p for p in pairs if p.kind != "order"]
        self.pairs = real + only
        late: dict[tuple, list[Pair]] = {}
        for p in only:
            late.setdefault((p.kind, p.cell, p.second), []).append(p)
        title = f"{amount(len(real), 'race')}" if real else "No race"
        if only:
            title += f"; {amount(len(late), 'race')} in TensorFlow 1.x that a run here decides always in one way"
        super().__init__(graph, title, [_finding([p]) for p in real] + [_finding(group) for group in late.values()])

    @property
    def variables(self) -> list[str]:
        """The names of the variables with races whose order decides a result here."""
        return list(dict.fromkeys(p.cell.name for p in self.pairs if p.kind == "order"))


def races(fetches: Any, feeds: Any = ()) -> Races:
    """Finds what depends on the order of operations that a run of `fetches` may choose.

    Args:
        fetches: what `Session.run` takes.
        feeds: the tensors that would be fed (a feed_dict will do): what comes before them does not run.

    Returns:
        A report with a finding for each pair. The code is "race", or "race-in-tf1" where TensorFlow 1.x leaves the
        result open and MiniGraph does not: a value that is read before the update and used at an undefined time (a
        snapshot here, the variable's memory there), and a variable that is fetched (read at the end of a run here).
        Updates that only add are no race: their sum is the same in each order.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     v = tf.Variable(1.0, name="v")
        ...     both = tf.group(v.assign_add(1.0, name="add"), v.assign(v.read_value() * 2.0, name="double"))
        ...     report = races(both)
        >>> report.codes, report.variables
        (['race', 'race'], ['v'])
    """
    graph, wanted = elements(fetches)
    fed = [t for key in feeds for t in resolve_feed_key(graph, key)]
    return Races(graph, list(itertools.islice(pairs_of(wanted, fed), _MOST_PAIRS)))


def pairs_of(fetches: list, feeds: Any = ()) -> Iterator[Pair]:
    """Gives the pairs of a run, and of the function bodies that it calls."""
    fed = set(feeds)
    ops = ancestors(fetches, fed)
    by_cell: dict[Operation, list[Access]] = {}
    for access in (a for op in ops for a in accesses(op)):
        if not guarded(access):
            by_cell.setdefault(access.cell, []).append(access)
    leaving = [(f, f.op) for f in fetches if isinstance(f, Tensor) and f not in fed and cell_of(f) is f.op]
    shared = {cell: found for cell, found in by_cell.items() if any(a.writes for a in found)
              and len(found) + sum(c is cell for _, c in leaving) > 1}
    inside = set(ops)
    for group in _groups(shared, leaving, inside):
        before = Before(ops, {op for _, marked in group.values() for op in marked}, fed)
        for cell, (found, _) in group.items():
            yield from _pairs(cell, found, [f for f, c in leaving if c is cell], before, inside)
    for op in ops:
        for name in op.op_def.functions:
            yield from pairs_of(list(op.op_def.attr(name).outputs))


def _groups(shared: dict, leaving: list, inside: set) -> Iterator[dict]:
    """The variables in groups of so many accesses that one pass over the graph can ask for all of a group."""
    group: dict = {}
    size = 0
    for cell, found in shared.items():
        marked = {a.op for a in found} | {f.op for f, c in leaving if c is cell}
        marked.update(use for a in found for use in _uses(a, inside))
        if group and size + len(marked) > _MOST_MARKED:
            yield group
            group, size = {}, 0
        group[cell] = found, marked
        size += len(marked)
    if group:
        yield group


def _uses(access: Access, inside: set) -> list[Operation]:
    """Who uses the value that a read has taken, directly or handed on: in TF1 it is the variable's memory still."""
    if access.op.type != "Identity" or access.writes:
        return []
    found: dict[Operation, None] = {}
    todo = [access.op]
    while todo:
        for t in todo.pop()._outputs:
            for user in t._consumers or ():
                if user in inside and user not in found and user.type not in _TAKES_NO_VALUE:
                    found[user] = None
                    if user.type in _HANDS_ON:
                        todo.append(user)
    return list(found)


def _pairs(cell: Operation, found: list[Access], fetched: list[Tensor], before: Before,
           inside: set) -> Iterator[Pair]:
    for i, a in enumerate(found):
        for b in found[i + 1:]:
            if (a.writes or b.writes) and not before(a.op, b.op) and not _commute(a, b):
                reader = None if a.writes and b.writes else a if b.writes else b
                use = next(iter(_uses(reader, inside)), None) if reader is not None else None
                yield Pair(cell, a.op, b.op, reader and reader.op, use)
    writers = [a.op for a in found if a.writes]
    for tensor in fetched:
        for op in writers:
            if op is not tensor.op and not before(op, tensor.op):
                yield Pair(cell, op, tensor.op, tensor.op, None, "fetch")
    for read in found:
        for use in _uses(read, inside) if not read.writes else ():
            for op in writers:
                if before(read.op, op) and use is not op and not before(use, op):
                    yield Pair(cell, read.op, op, read.op, use, "use")


def _commute(a: Access, b: Access) -> bool:
    return a.op.type in _ADDING and b.op.type in _ADDING


def _finding(pairs: list[Pair]) -> Finding:
    """The finding for a pair, or for several values of one variable that are used at an undefined time."""
    pair = pairs[0]
    if pair.kind == "use":
        text, ops, advice = _used_late(pairs)
    else:
        text, ops, advice = _TELL[pair.kind if pair.reader is not None else "writes"](pair)
    code = RACE if pair.kind == "order" else ONLY_TF1
    edges = tuple((op, ops[-1]) for op in ops[:-1])
    return Finding(code, text, (pair.cell, *ops), where_text(ops[-1]), advice, edges)


def _two_writes(pair: Pair) -> tuple:
    cell, first, second = pair[:3]
    return (f"{made(first)} and {made(second)} both write {made(cell)}, in no order.\n"
            f"{_outcome(first, second)}; {_outcome(second, first)}.\n{_here(pair)}", (first, second),
            f"with tf.control_dependencies([{_python(first)}]): make '{second.name}' inside.")


def _read_and_write(pair: Pair) -> tuple:
    cell, first, second, reader, use, _ = pair
    assert reader is not None
    writer = second if reader is first else first
    name, variable = f"'{reader.name}'", _python(cell)
    by = f", for {made(use)}," if use is not None else f" ({where_text(reader)})"
    early, advice = "the value before the update", (
        f"for the value after it, read {variable}.read_value() inside tf.control_dependencies([{_python(writer)}]); "
        f"for the value before, make '{writer.name}' inside tf.control_dependencies([{_python(use or reader)}]).")
    if is_initializer(writer):
        early, advice = "an error, since there is no value yet", f"write {variable}.initialized_value() in its place."
    return (f"{name}{by} reads {made(cell)}, and {made(writer)} writes it, in no order.\n"
            f"{name} first: {early}; '{writer.name}' first: the new value.\n{_here(pair)}", (first, second), advice)


def _fetched(pair: Pair) -> tuple:
    cell, first = pair.cell, pair.first
    return (f"{made(cell)} is fetched beside {made(first)}, which writes it.\nTensorFlow 1.x may give the value before "
            "or after; here what is fetched is read at the end of the run.", (first, pair.second),
            f"fetch {_python(cell)}.read_value(), made inside tf.control_dependencies([{_python(first)}]).")


def _used_late(pairs: list[Pair]) -> tuple:
    pair, uses = pairs[0], [p.use for p in pairs if p.use is not None]
    writer = pair.second
    return (f"{listed(map(made, uses), 2)} may use the value of {made(pair.cell)} before or after {made(writer)} writes it.\n"
            "In TensorFlow 1.x a read shares the variable's memory; here it is a snapshot: the old value, always.",
            (*uses, writer),
            f"make '{writer.name}' inside tf.control_dependencies([{listed(map(_python, uses), 2)}]).")


_TELL: dict[str, Callable[[Pair], tuple]] = {"writes": _two_writes, "order": _read_and_write, "fetch": _fetched}


def _here(pair: Pair) -> str:
    return f"A run here takes '{pair.first.name}' first, since it was made first."


def _outcome(first: Operation, then: Operation) -> str:
    effect = "works on its result" if then.op_def.reads or then.op_def.functions else "replaces its result"
    return f"'{first.name}' first: '{then.name}' {effect}"


def _python(op: Operation) -> str:
    return op.name.replace("/", "_")
