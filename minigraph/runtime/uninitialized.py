"""Why a variable has no value in a session: which line should have given it one, and what to type."""

from __future__ import annotations

from typing import Any

from minigraph.graph import advice, errors
from minigraph.graph.code import code, session_name
from minigraph.graph.messages import made, made_all, path_text
from minigraph.graph.operation import Operation
from minigraph.graph.paths import path
from minigraph.graph.traces import format_where, here
from minigraph.graph.variable_cell import Cell
from minigraph.runtime.initialized import sessions, variables_with_value

__all__ = ["uninitialized", "without_value"]


def without_value(op: Operation, name: str, state: dict) -> tuple[type, str]:
    """Return the type and the words of TF1's error for a resource variable without a value: they depend on who needs
    it.

    Args:
        op: the operation that needed the value.
        name: the name of the variable.
        state: the state of the session. TF1's container is there once a resource variable has a value.
    """
    missing = f"Container localhost does not exist. (Could not find resource: localhost/{name})"
    if any(other.type == "VarHandleOp" for other in variables_with_value(state)):
        missing = f"Resource localhost/{name}/N10tensorflow3VarE does not exist."
    if op.type == "ReadVariableOp":
        return errors.FailedPreconditionError, (
            f"Error while reading resource variable {name} from Container: localhost. This could mean that the "
            f"variable was uninitialized. Not found: {missing}"
        )
    if op.type.startswith(("ResourceApply", "ResourceSparseApply")):
        return errors.InternalError, "Invalid variable reference."
    return errors.NotFoundError, missing


def uninitialized(reader: Operation, name: str, plan: Any, state: dict) -> list[str]:
    """Return the lines that follow "Attempting to use uninitialized value …".

    Args:
        reader: the operation that needed the value.
        name: the name of the variable.
        plan: what was run.
        state: the state of the session.
    """
    empty = _empty_variables(plan, state)
    variable = next((op for op in empty if op.name == name), None)
    if variable is None:
        return [f"The run at {here()} needs its value."]
    assigned = [op for op in plan.steps if op.op_def.writes]
    waiting = _waiting(variable, empty, assigned)
    return [f"The run at {here()} needs the value of {made_all(waiting[:12])}."] + (
        _initial_value(reader, variable, assigned)
        or _local(variable)
        or _built_too_early(variable, state)
        or _elsewhere(variable, state) + _not_run(variable, state)
    )


def _empty_variables(plan: Any, state: dict) -> list[Operation]:
    """Return the variables of a run that have no value."""
    return [op for op in plan.steps if isinstance(state.get(op), Cell) and state[op].value is None]


def _waiting(variable: Operation, empty: list[Operation], assigned: list[Operation]) -> list[Operation]:
    """Return the variables that the run does not initialize, this one first."""
    waiting = [op for op in empty if _initializer(op) not in assigned] or [variable]
    return sorted(waiting, key=lambda op: op is not variable)


def _cell_of(op: Operation) -> Operation:
    return op.inputs[op.op_def.writes[0]].op


def _initializer(variable: Operation) -> Operation | None:
    """Return the operation that assigns the initial value: the first that was made to write the variable."""
    return next((op for op in variable.all_outputs[0].consumers() if op.op_def.writes), None)


def _init_ops(variable: Operation) -> list[Operation]:
    """Return the operations that initialize the variable beside others, such as `global_variables_initializer()`."""
    initializer = _initializer(variable)
    return [op for op in initializer.control_outputs if not op.all_outputs] if initializer else []


def _initial_value(reader: Operation, variable: Operation, assigned: list) -> list[str]:
    """Explain that the value is needed for the initial value of another variable."""
    for op in assigned:
        other = _cell_of(op)
        way = path(op, reader) if other is not variable and op is _initializer(other) else []
        if way:
            value = code(f"{advice.variable(variable)}.initialized_value()")
            return [
                f"The initial value of {made(other)} depends on it:",
                path_text(way),
                f"Initialize '{variable.name}' first; or build '{other.name}' on {value}, "
                "which gives the initial value where there is no value yet.",
            ]
    return []


def _local(variable: Operation) -> list[str]:
    """Explain that it is a local variable, which has an init op of its own."""
    if not _init_ops(variable) and any(v.op is variable for v in variable.graph.get_collection("local_variables")):
        return [
            f"'{variable.name}' is a local variable (as those of metrics are): also run "
            f"{_run('tf.local_variables_initializer()', variable)}."
        ]
    return []


def _built_too_early(variable: Operation, state: dict) -> list[str]:
    """Explain that an init op that ran in this session was built before the variable was made."""
    early = {op for other in variables_with_value(state) for op in _init_ops(other) if op.id < variable.id}
    if not early or _init_ops(variable):
        return []
    init = max(early, key=lambda op: op.id)
    return [
        f"The init op {made(init)} was built before {made(variable)} was made, so it does not initialize it"
        + (": an optimizer makes variables too." if variable.stage else "."),
        f"Build {code('tf.global_variables_initializer()')} last, after the optimizer, and run that.",
    ]


def _elsewhere(variable: Operation, state: dict) -> list[str]:
    """Nothing has a value in this session; perhaps in another one."""
    if variables_with_value(state):
        return []
    others = (s for s in sessions() if s._state is not state and variable in variables_with_value(s._state))
    other = next(others, None)
    place = other._where if other is not None else variable.graph._initialized_in
    if place is None:
        return ["Nothing was initialized in this session."]
    return [f"The session made at {format_where(place)} has values; each session has its own, and this one has none."]


def _not_run(variable: Operation, state: dict) -> list[str]:
    """Return what to run in this session."""
    inits = _init_ops(variable)
    if inits:
        return [f"The init op {made(inits[-1])} was not run in this session: run it before this line."]
    if variables_with_value(state):
        return [f"Others have values: write {_run('tf.variables_initializer([...])', variable)} for these."]
    return [f"Write {_run('tf.global_variables_initializer()', variable)} before this line."]


def _run(what: str, variable: Operation) -> str:
    return code(f"{session_name(variable.graph)}.run({what})", "sess")
