"""Which scopes and stages of a view are open: as many as can be read, and what is asked for besides."""

from __future__ import annotations

from typing import Any

from minigraph.graph.text import did_you_mean
from minigraph.reading import roles
from minigraph.viz.view import tree

__all__ = ["choose", "reveal"]

_FORWARD_BOXES = 26  # of a graph that trains; of one that does not, all that the view may have
_GRADIENT_BOXES = 10
_STAGE_BOXES = 6


def choose(view: Any, depth: int | None, fold: Any, unfold: Any, max_boxes: int, repeats: bool | None) -> None:
    """Open and close the sections of a view and the scopes in them.

    Args:
        view: the view; its sections are there, its boxes are not.
        depth, fold, unfold, max_boxes, repeats: see `View`.

    Raises:
        ValueError: if there is no such scope or stage.
    """
    fold, unfold = _names(fold), _names(unfold)
    if repeats:
        for section in view.sections:
            tree.fold_repeats(section.root)
    if depth is not None:
        for section in view.sections:
            section.is_open = depth > 0
            tree.open_to_depth(section.root, depth)
    else:
        _open_what_fits(view, max_boxes, unfold, repeats is not False)
    for name in unfold:
        _find(view, name, "unfold")
        for section in view.sections:
            _unfold(section, name)
    for name in fold:
        _find(view, name, "fold")
        for section in view.sections:
            _fold(section, name)


def _unfold(section: Any, name: str) -> None:
    """Open a section if it has this name or number, and the scope of this name in it with those above."""
    if name == section.stage or section.number and name == str(section.number):
        section.is_open = section.root.is_open = True
    for scope in _down_to(section.root, name):
        section.is_open = scope.is_open = True


def _fold(section: Any, name: str) -> None:
    """Close a section if it has this name, and the scope of this name in it with those below."""
    if name == section.stage:
        section.is_open = False
    for scope, _ in section.root.walk():
        if scope is not section.root and (scope.path + "/").startswith(name + "/"):
            scope.is_open = False


def reveal(view: Any, ops: set[Any]) -> None:
    """Make operations seen wherever they are; what is folded beside them becomes one box."""
    for section in view.sections:
        if ops and not ops.isdisjoint(section.ops):
            section.is_open = True
            tree.reveal(section.root, ops)


def _open_what_fits(view: Any, max_boxes: int, unfold: list[str], repeats: bool) -> None:
    others = [s for s in view.sections if s.stage != roles.FORWARD]
    for section in others:
        if section.stage not in unfold:
            _gather(view, section)
    limits = _limits(others, max_boxes)
    for section in view.sections:
        limit = max_boxes if section.stage in unfold else limits.get(section, limits[None])
        section.root.is_open = True
        section.is_open = limit > 1 or len(section.root.entries) == 1
        if section.is_open:
            tree.squeeze(section.root, limit, lambda op: _kind(view, op), section.stage == roles.FORWARD, repeats)
            tree.open_within(section.root, limit, _widest(section, unfold, bool(others)))


def _limits(others: list[Any], max_boxes: int) -> dict[Any, int]:
    """Return how many boxes each of the sections behind the forward part may have, and, for None, that part itself."""
    share = min(_FORWARD_BOXES, max_boxes // 2) if others else max_boxes
    most = {section: _GRADIENT_BOXES if section.stage == "gradients" else _STAGE_BOXES for section in others}
    needs = sum(min(limit, len(section.root.entries)) for section, limit in most.items())
    scale = min(1.0, (max_boxes - share) / max(1, needs))
    return {None: share, **{section: int(scale * limit) for section, limit in most.items()}}


def _widest(section: Any, unfold: list[str], trains: bool) -> int:
    """Return how many entries a scope may have that is opened without being asked for."""
    if section.stage in unfold:
        return 40
    if section.stage == "gradients":  # one box a layer; of two calls of tf.gradients, layers of each
        scopes = [e for e in section.root.entries if isinstance(e, tree.Scope)]
        apart = scopes and all("gradients" in scope.path.rpartition("/")[2] for scope in scopes)
        return 8 if apart else 0
    return 12 if not trains else 6 if section.stage == roles.FORWARD else 3


def _of_a_kind(view: Any, ops: list[Any]) -> dict[str, list[Any]]:
    """Return the operations of each kind of which there are several."""
    kinds: dict[str | None, list[Any]] = {}
    for op in ops:
        kinds.setdefault(_kind(view, op), []).append(op)
    return {kind: ops for kind, ops in kinds.items() if kind is not None and len(ops) > 1}


def _gather(view: Any, section: Any) -> None:
    """Bring together what names tear apart: updates, slot variables, the gradients of one layer."""
    if section.stage == "gradients":
        tree.adopt(section.root)
        return
    groups = _of_a_kind(view, section.ops)
    if groups and len(section.ops) > _STAGE_BOXES:
        loose = [op for op in section.ops if _kind(view, op) not in groups]
        section.root = tree.build(loose, section.root.path)
        section.root.entries[:0] = [tree.group_of(kind, ops) for kind, ops in groups.items()]


def _kind(view: Any, op: Any) -> str | None:
    """Return what operations of a stage are called when there are many."""
    role = view.anatomy.role[op]
    if role in ("update", "summary") and op.type != "MergeSummary":
        return op.type
    if role == "variable" and view.anatomy.part[op][1] == "apply":
        return "slot variables"
    return None


def _find(view: Any, name: str, argument: str) -> None:
    """Raise where there is no scope or stage of that name."""
    ops = [op.name for op in view.anatomy.ops]
    if any((op + "/").startswith(name + "/") for op in ops):
        return
    known = {text for section in view.sections for text in (section.stage, str(section.number))}
    known |= {scope.path for section in view.sections for scope, _ in section.root.walk()}
    if name not in known:
        known |= {op.rpartition("/")[0] for op in ops}
        hint = did_you_mean(name, filter(None, known), most=3)
        raise ValueError(f"{argument}: the graph has no scope or stage named {name!r}. {hint}".rstrip())


def _down_to(root: tree.Scope, name: str) -> list[tree.Scope]:
    """Return the scopes to open so that the entries of `name` are seen."""
    above = {id(root): [root]}
    best: list[tree.Scope] = []
    for scope, _ in root.walk():
        for entry in scope.entries:
            if isinstance(entry, tree.Scope):
                above[id(entry)] = above[id(scope)] + [entry]
        if scope is not root and not best and (scope.path == name or scope.path.startswith(name + "/")):
            best = above[id(scope)]
    return best


def _names(given: Any) -> list[str]:
    return [name.rstrip("/") for name in ([given] if isinstance(given, str) else given or ())]
