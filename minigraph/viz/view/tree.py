"""The tree of name scopes, and the choice of which are open.

A picture shows the entries of the open scopes. What is not open is one box, however much is in it, so the
size of a picture is decided here, before anything is laid out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from typing import Any, Union

__all__ = [
    "Scope",
    "build",
    "common_scope",
    "open_to_depth",
    "open_within",
    "squeeze",
    "group_of",
    "adopt",
    "reveal",
    "fold_repeats",
]

Entry = Union["Scope", Any]  # a scope or an operation
_NUMBER = re.compile(r"_?\d+$")


class Scope:
    """A name scope (or a group of like things) with what lies directly in it.

    Attributes:
        path: the full name; "conv*" for a group.
        entries: the scopes and operations in it, in creation order.
        label: for a group what it is called.
        is_open: True if the entries are drawn, instead of one box.
    """

    __slots__ = ("path", "entries", "label", "is_open", "_scopes")

    def __init__(self, path: str, entries: Iterable[Entry] = (), label: str = ""):
        self.path, self.label, self.is_open = path, label, False
        self.entries: list[Entry] = list(entries)
        self._scopes: dict[str, Scope] = {}

    @property
    def is_group(self) -> bool:
        """True if it was made because there was too much to show."""
        return bool(self.label)

    def ops(self) -> list[Any]:
        """Return all operations below, in creation order within each scope."""
        found, todo = [], [self]
        while todo:
            for entry in todo.pop().entries:
                if isinstance(entry, Scope):
                    todo.append(entry)
                else:
                    found.append(entry)
        return found

    def child(self, name: str) -> Scope:
        """Return the scope of that name in this one; a new one where there is none."""
        found = self._scopes.get(name)
        if found is None:
            found = self._scopes[name] = Scope(f"{self.path}/{name}" if self.path else name)
            self.entries.append(found)
        return found

    def walk(self) -> list[tuple[Scope, int]]:
        """Return all scopes with their depth, this one (depth 0) first, level by level."""
        level, found, depth = [self], [], 0
        while level:
            found += [(scope, depth) for scope in level]
            level = [e for scope in level for e in scope.entries if isinstance(e, Scope)]
            depth += 1
        return found


def common_scope(names: Iterable[str]) -> str:
    """Return the longest scope that holds all the names.

    Example:
        >>> common_scope(["train/a/x", "train/a/y", "train/a"])
        'train'
    """
    found = list(names)
    if not found:
        return ""
    # What the first and the last in order of letters begin with, all begin with.
    return os.path.commonprefix([min(found), max(found)]).rpartition("/")[0]


def build(ops: list[Any], path: str = "") -> Scope:
    """Return the root of the tree of scopes that hold `ops`.

    Args:
        ops: operations in creation order.
        path: the scope at which to begin; what is not in it lies directly in the root.
    """
    root = Scope(path)
    skip = len(root.path.split("/")) if root.path else 0
    homes: dict[str, Scope] = {}
    for op in ops:
        path = op.name.rpartition("/")[0]
        scope = homes.get(path)
        if scope is None:
            scope = root
            inside = not root.path or op.name.startswith(root.path + "/")
            for part in op.name.split("/")[skip:-1] if inside else ():
                scope = scope.child(part)
            homes[path] = scope
        scope.entries.append(op)
    for scope, _ in reversed(root.walk()):
        _tidy(scope)
    return root


def _tidy(scope: Scope) -> None:
    """Put an operation that has the name of a scope beside it into that scope; it is its result mostly."""
    if scope._scopes:
        kept = []
        for entry in scope.entries:
            home = None if isinstance(entry, Scope) else scope._scopes.get(entry.name.rpartition("/")[2])
            if home is None:
                kept.append(entry)
            else:
                home.entries.append(entry)
        scope.entries = kept
    scope.entries = [_only(e) for e in scope.entries]


def _only(entry: Entry) -> Entry:
    """Replace a scope that holds one thing by that thing; the scopes below are tidy already."""
    return entry.entries[0] if isinstance(entry, Scope) and len(entry.entries) == 1 else entry


def open_to_depth(root: Scope, depth: int) -> None:
    """Open the scopes down to a depth: with 1 the entries of the root are seen."""
    for scope, at in root.walk():
        scope.is_open = at < depth


def open_within(root: Scope, budget: int, widest: int = 12) -> int:
    """Open as many scopes as a budget of boxes allows, the upper ones first, like ones together.

    Args:
        root: the tree; its own entries are always seen.
        budget: how many boxes there may be.
        widest: scopes with more entries than this stay closed.

    Returns:
        The number of boxes.
    """
    root.is_open = True
    count = len(root.entries)
    level = [e for e in root.entries if isinstance(e, Scope)]
    while level:
        opened = []
        for size, alike in sorted(_by_size(level, widest).items()):
            more = len(alike) * (size - 1)
            if count + more <= budget:
                count += more
                opened += alike
        for scope in opened:
            scope.is_open = True
        level = [e for scope in opened for e in scope.entries if isinstance(e, Scope)]
    return count


def _by_size(scopes: list[Scope], widest: int) -> dict[int, list[Scope]]:
    """Return the scopes that may be opened, by how many entries they have."""
    found: dict[int, list[Scope]] = {}
    for scope in scopes:
        if len(scope.entries) <= widest and not scope.is_group:
            found.setdefault(len(scope.entries), []).append(scope)
    return found


def reveal(root: Scope, wanted: set[Any]) -> None:
    """Open the scopes that hold some operations; the other entries of a scope that was closed become a group."""
    scopes = [scope for scope, _ in root.walk()]
    seen = {id(op) for op in wanted}
    for scope in reversed(scopes):
        if any(id(entry) in seen for entry in scope.entries):
            seen.add(id(scope))
    for scope in scopes:
        if id(scope) in seen and not scope.is_open:
            _open(scope, seen)


def _open(scope: Scope, seen: set[int]) -> None:
    """Open a scope; its entries that are not seen become a group."""
    scope.is_open = True
    rest = [entry for entry in scope.entries if id(entry) not in seen]
    if len(rest) > 1:
        kept = [entry for entry in scope.entries if id(entry) in seen]
        scope.entries = [*kept, _group(scope, f"{len(rest)} others", rest, "others")]


def squeeze(
    scope: Scope, limit: int, kind: Callable[[Any], str | None], flows: bool = True, repeats: bool = True
) -> None:
    """Group the entries of a scope until at most `limit` are left.

    Several ways, one after the other as far as needed: by what `kind` says of an operation; blocks that are built
    alike (`block_1`, `block_2`…); like names; then by cutting the list into pieces, or by putting the smallest entries
    together.

    Args:
        scope: what to squeeze.
        limit: the most entries that may be left.
        kind: gives the plural of a kind of operations, such as "ApplyAdam", or None.
        flows: the order of the entries is that of the data, so neighbours belong together.
        repeats: group what is built alike or has like names.
    """
    if len(scope.entries) <= limit:
        return

    def by_kind(entry: Entry) -> Any:
        name = None if isinstance(entry, Scope) else kind(entry)
        return name and (name, "")

    for key in (by_kind, _block, _like_names) if repeats else (by_kind,):
        scope.entries = _grouped(scope, key)
        if len(scope.entries) <= limit:
            return
    if flows:
        size = -(-len(scope.entries) // limit)
        pieces = [scope.entries[i : i + size] for i in range(0, len(scope.entries), size)]
        scope.entries = [_group(scope, _span(piece), piece) if len(piece) > 1 else piece[0] for piece in pieces]
    else:
        _put_small_together(scope, limit)


def fold_repeats(root: Scope) -> None:
    """Make one group of scopes that lie beside each other, are called alike and are built alike, at any depth."""
    for scope, _ in root.walk():
        scope.entries = _grouped(scope, _block)


def _block(entry: Entry) -> tuple[str, Any] | None:
    """Return what is the same for scopes that repeat each other: the name but for its number, and what is in them."""
    if not isinstance(entry, Scope):
        return None
    skip = len(entry.path) + 1
    built = frozenset((op.name[skip:], op.type) for op in entry.ops())
    return _NUMBER.sub("", entry.path.rpartition("/")[2]), built


def _like_names(entry: Entry) -> tuple[str, Any]:
    path = entry.path if isinstance(entry, Scope) else entry.name
    return _NUMBER.sub("", path.rpartition("/")[2]), isinstance(entry, Scope)


def _put_small_together(scope: Scope, limit: int) -> None:
    sizes = {id(e): len(e.ops()) if isinstance(e, Scope) else 1 for e in scope.entries}
    large = {id(e) for e in sorted(scope.entries, key=lambda e: -sizes[id(e)])[: limit - 1]}
    small = [e for e in scope.entries if id(e) not in large]
    scope.entries = [e for e in scope.entries if id(e) in large] + [_group(scope, _span(small), small, "rest")]


def _grouped(scope: Scope, key: Callable[[Entry], tuple[str, Any] | None]) -> list[Entry]:
    """Return the entries with those of one key together; the key begins with what they are called."""
    members: dict[Any, list[Entry]] = {}
    for entry in scope.entries:
        found = None if isinstance(entry, Scope) and entry.is_group else key(entry)
        members.setdefault((id(entry),) if found is None else found, []).append(entry)
    return [
        entries[0] if len(entries) == 1 else _group(scope, f"{found[0]} × {len(entries)}", entries, found[0])
        for found, entries in members.items()
    ]


def _group(scope: Scope, label: str, entries: list[Entry], name: str = "") -> Scope:
    path = f"{name or short_name(entries[0])}*"
    return Scope(f"{scope.path}/{path}" if scope.path else path, entries, label)


def group_of(name: str, ops: list[Any]) -> Scope:
    """Return a group of operations of one kind, wherever they lie."""
    return Scope(f"{name}*", ops, f"{name} × {len(ops)}")


def adopt(root: Scope) -> None:
    """Put operations that lie directly in `root` into a scope beside them, so that sums of gradients get to
    their layer: the scope that their inputs come from, else the one that they go to."""
    scopes = [e for e in root.entries if isinstance(e, Scope)]
    loose = [e for e in root.entries if not isinstance(e, Scope)]
    home = _homes(loose, scopes)
    for op in loose:
        if op in home:
            home[op].entries.append(op)
    root.entries = [e for e in root.entries if isinstance(e, Scope) or e not in home]


def _homes(loose: list[Any], scopes: list[Scope]) -> dict[Any, Scope]:
    """Return the scope of each operation in one, and of those loose ones that are connected to it."""
    home: dict[Any, Scope] = {op: scope for scope in scopes for op in scope.ops()}
    for op in loose:
        _follow(op, (t.op for t in op.inputs), home)
    for op in reversed(loose):
        if op not in home:
            _follow(op, (user for t in op.outputs for user in t.consumers()), home)
    return home


def _follow(op: Any, neighbours: Iterable[Any], home: dict[Any, Scope]) -> None:
    """Give an operation the home of the first of its neighbours that has one."""
    found = next((home[each] for each in neighbours if each in home), None)
    if found is not None:
        home[op] = found


def _span(entries: list[Entry]) -> str:
    first, *_, last = [short_name(e).partition(" … ")[0] for e in entries]
    return f"{first} … {last}"


def short_name(entry: Entry) -> str:
    """Return the last part of a name."""
    if isinstance(entry, Scope):
        return entry.label or entry.path.rpartition("/")[2]
    return entry.name.rpartition("/")[2]
