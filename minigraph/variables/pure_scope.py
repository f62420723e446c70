"""`PureScope`: a variable scope without a name scope, which `variable_scope` and templates enter."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from minigraph.variables.scope import VariableScope, get_variable_scope
from minigraph.variables.store import current_store

__all__ = ["PureScope", "unique_name"]


class PureScope:
    """A variable scope without a name scope.

    Like TF1's it can be entered again, and remembers the last time only: entered inside itself it can't be left twice.

    Args:
        wanted: a name below the scope in force, or a `VariableScope` to enter again.
        reuse: what to add to the sharing of that scope, or of the one around.
        given: the settings, None where there is none.
        op_scope: the name scope that a new scope remembers as its own.
    """

    def __init__(self, wanted: Any, reuse: Any, given: dict, op_scope: str | None = None):
        self._wanted, self._reuse, self._given, self._op_scope = wanted, reuse, given, op_scope
        self._store = current_store().scopes
        self._again = self._entered_again(wanted) if isinstance(wanted, VariableScope) else None
        self._scope: Any = None

    def __enter__(self) -> VariableScope:
        store, outer = self._store, get_variable_scope()
        self._outer, self._counts = outer, None  # type: Any, Any
        if self._again is not None:
            self._scope = self._again
            store.open(self._scope.name)
            self._counts = dict(store.opened)
        else:
            self._scope = self._below(outer)
            store.open(self._scope.name)
        store.current = self._scope
        return self._scope

    def _entered_again(self, scope: VariableScope) -> VariableScope:
        """Return a scope with the name and settings of `scope`, wherever it is entered."""
        reuse = self._reuse or scope.reuse
        return self._with_settings(VariableScope(reuse, scope.name, name_scope=scope.original_name_scope), scope)

    def _below(self, outer: VariableScope) -> VariableScope:
        name = self._wanted
        op_scope = name if self._op_scope is None else self._op_scope
        full = f"{outer.name}/{name}" if outer.name else name
        return self._with_settings(VariableScope(self._reuse or outer.reuse, full, name_scope=op_scope), outer)

    def _with_settings(self, scope: VariableScope, outer: VariableScope) -> VariableScope:
        for key, inherited in outer._settings.items():
            given = self._given.get(key)
            if key == "custom_getter" and given is not None and inherited is not None:
                given = _chain(given, inherited)
            elif key == "constraint":
                inherited = None  # TF1 does not hand constraints down
            scope._settings[key] = inherited if given is None else given
        return scope

    def __exit__(self, *error: Any) -> None:
        store = self._store
        if store.current is not self._scope:
            raise RuntimeError("Improper nesting of variable_scope.")
        if self._counts is None:
            store.close_below(self._scope.name)
        else:
            store.opened.clear()
            store.opened.update(self._counts)
        store.current = self._outer


def _chain(inner: Callable, outer: Callable) -> Callable:
    """Return a custom getter that calls `inner` with `outer` as its true getter."""

    def chained(getter: Callable, *args: Any, **options: Any) -> Any:
        return inner(functools.partial(outer, getter), *args, **options)

    return chained


def unique_name(prefix: str) -> str:
    """Return the prefix, made unique among the variable scopes within the current one."""
    get_variable_scope()
    return current_store().scopes.unique(prefix)
