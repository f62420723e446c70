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
_MOST_PAIRS = 200           # of one kind and variable
_ADDING = {"AssignAdd", "AssignSub", "ScatterAdd", "ScatterSub", "ScatterNdAdd", "ScatterNdSub",
           "AssignAddVariableOp", "AssignSubVariableOp", "ResourceScatterAdd", "ResourceScatterSub"}
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
        Updates that only add are no race: their sum is the same in each order. Of each variable the first 200 are told.

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
    return Races(graph, list(pairs_of(wanted, fed)))


def pairs_of(fetches: list, feeds: Any = ()) -> Iterator[Pair]:
    """Gives the pairs of a run, and of the function bodies that it calls."""
    fed = set(feeds)
    ops = ancestors(fetches, fed)
    inside = set(ops)
    by_cell: dict[Operation, list[Access]] = {}
    for access in (a for op in ops for a in accesses(op)):
        if not guarded(access):
            by_cell.setdefault(access.cell, []).append(access)
    fetched = {f.op for f in fetches if isinstance(f, Tensor) and f not in fed and cell_of(f) is f.op}
    shared = [_Shared(cell, found, inside, cell in fetched) for cell, found in by_cell.items()
              if any(a.writes for a in found) and len(found) + (cell in fetched) > 1]
    for group in _groups(shared):
        before = Before(ops, {op for each in group for op in each.marked}, fed)
        for each in group:
            yield from each.pairs(before)
    for op in ops:
        for name in op.op_def.functions:
            yield from pairs_of(list(op.op_def.attr(name).outputs))


class _Shared:
    """A variable that something writes, and all that a run does to it."""

    def __init__(self, cell: Operation, found: list[Access], inside: set, is_fetched: bool):
        self.cell, self.found, self.is_fetched = cell, found, is_fetched
        self.uses = {a.op: _uses(a, inside) for a in found}
        self.marked = {cell, *self.uses, *[use for uses in self.uses.values() for use in uses]}

    def pairs(self, before: Before) -> Iterator[Pair]:
        """The pairs that nothing orders, of each kind the first ones."""
        writers = [a for a in self.found if a.writes]
        yield from itertools.islice(self._unordered(writers, before), _MOST_PAIRS)
        if self.is_fetched:
            yield from (Pair(self.cell, w.op, self.cell, self.cell, None, "fetch") for w in writers[:_MOST_PAIRS])
        yield from itertools.islice(self._used_late(writers, before), _MOST_PAIRS)

    def _unordered(self, writers: list[Access], before: Before) -> Iterator[Pair]:
        for a in self.found:
            for w in writers:
                first, second = (a, w) if a.op._id < w.op._id else (w, a)
                if not (a.writes and a.op._id >= w.op._id or before(first.op, second.op) or _commute(a, w)):
                    yield Pair(self.cell, first.op, second.op, None if a.writes else a.op,
                               None if a.writes else next(iter(self.uses[a.op]), None))

    def _used_late(self, writers: list[Access], before: Before) -> Iterator[Pair]:
        for a in self.found:
            for use in self.uses[a.op]:
                for w in writers:
                    if before(a.op, w.op) and use is not w.op and not before(use, w.op):
                        yield Pair(self.cell, a.op, w.op, a.op, use, "use")


def _groups(shared: list[_Shared]) -> Iterator[list[_Shared]]:
    """The variables in groups of so many operations that one pass over the graph can ask for all of a group."""
    group: list[_Shared] = []
    size = 0
    for each in shared:
        if group and size + len(each.marked) > _MOST_MARKED:
            yield group
            group, size = [], 0
        group.append(each)
        size += len(each.marked)
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
    return (f"{listed(map(made, uses), 2)} may use the value of {made(pair.cell)} before or after {made(writer)} "
            "writes it.\n"
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
