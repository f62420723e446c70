"""Where MiniGraph differs from TensorFlow 1.15 on purpose, program by program, and why."""

# TensorFlow 1.15 has two kinds of control flow; MiniGraph has the functional one (If and While nodes with
# bodies). These programs are recorded with `tf.enable_control_flow_v2()`. Some have no `cond` of their own
# but call a function that does (a decay that restarts, hessians, an assertion).
CONTROL_FLOW_V2 = {
    "checks", "conditionals", "hessians", "learning_rate_decays", "loops",
    "optimize_loss_decay_piecewise",
}

# An If takes the variable's value as an input, so it cannot ask whether there is one: TensorFlow 1.15 fails
# there under `enable_control_flow_v2()`, and these programs are recorded with Switch and Merge.
INITIALIZED_VALUE = "initialized_value is a conditional on Switch and Merge nodes, which MiniGraph lacks"

# {program: {aspect: reason}}; the aspects are those of `compare.ASPECTS`, or "runs" where MiniGraph refuses
# the program.
EXCEPTIONS = {
    "initialized_value": {"forward": INITIALIZED_VALUE, "collections": INITIALIZED_VALUE},
    "moving_average_variables": {"forward": INITIALIZED_VALUE, "collections": INITIALIZED_VALUE},
}

# {program: (relative tolerance, reason)} where 1e-6 is too strict.
TOLERANCES = {}
