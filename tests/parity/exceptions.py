"""Where MiniGraph differs from TensorFlow 1.15 on purpose, program by program, and why."""

# TensorFlow 1.15 has two kinds of control flow; MiniGraph has the functional one (If and While nodes with
# bodies). These programs are recorded with `tf.enable_control_flow_v2()`. Some have no `cond` of their own
# but call a function that does (a decay that restarts, hessians, an assertion).
CONTROL_FLOW_V2 = {
    "checks",
    "conditionals",
    "contrib_metrics",
    "decays_all",
    "hessians",
    "images_colored",
    "images_cropped",
    "images_files",
    "images_files_errors",
    "images_measured",
    "images_resized",
    "images_scales",
    "initial_values_guarded",
    "learning_rate_decays",
    "loops",
    "losses_weighted",
    "moments",
    "metrics_all",
    "metrics_at_thresholds",
    "monotony",
    "optimize_loss_decay_piecewise",
    "rows_mapped",
    "sparse_errors",
    "sparse_tensors",
    "sync_replicas",
    "tensor_arrays",
}

# An If takes the variable's value as an input, so it cannot ask whether there is one: TensorFlow 1.15 fails
# there under `enable_control_flow_v2()`, and these programs are recorded with Switch and Merge.
INITIALIZED_VALUE = "initialized_value is a conditional on Switch and Merge nodes, which MiniGraph lacks"

# Recorded with TensorFlow's default control flow, whose ids and so whose seeds MiniGraph reproduces, though its
# nodes are others: the numbers must be equal, the nodes of the conditionals cannot be.
SWITCH_AND_MERGE = "recorded with Switch and Merge nodes, for the seeds; MiniGraph has If and While"

# A call that fails takes back what it had built: no half-added gradients, no variable without a use.
# TensorFlow leaves those nodes in the graph, and counts them in the names and seeds of what follows.
NOTHING_LEFT = "a call that fails leaves no nodes here; TensorFlow leaves those it had made"

# TensorFlow stacks what the backward loop needs in TensorLists, inputs and outputs that the first `gradients`
# adds to the While. Here an operation never changes once it is made: a While has from the start one hidden
# output, the tape of its steps, which costs nothing until a gradient reads it.
TAPE = "the While has one hidden output, a tape, where TensorFlow rewrites it to carry accumulators"

# What a conditional or a loop is made of also counts in the seeds of what is made after its gradient. Those nodes are
# others here, and are not counted as TensorFlow's.
BACKWARD = "gradients of If and While have other nodes than those of Switch and Merge, and other seeds after them"

# The rank of a list's elements is known of the variant tensor in TensorFlow, beside its shape.
RANK_OF_ELEMENTS = "the static shape of TensorListElementShape, whose size follows from the list"

# A branch knows the values of what it takes in, and so the sizes of what it pads.
KNOWN_IN_BRANCHES = "static shapes that follow from values outside of a branch, which TensorFlow's branch leaves open"

# {program: {aspect: reason}}; the aspects are those of `compare.ASPECTS`, or "runs" where MiniGraph refuses
# the program.
EXCEPTIONS = {
    "beam_search": {
        aspect: SWITCH_AND_MERGE for aspect in ("forward", "shapes", "attributes", "collections", "prints")
    },
    "batch_norm_options": {
        "values": "a race: a layer that is called twice has two updates of one moving average, in no order. One "
        "follows the other here; TensorFlow's graph optimizer makes one node of their two equal changes"
    },
    "compute_apply": {"gradients": NOTHING_LEFT, "prints": NOTHING_LEFT},
    "contrib_batch_norm_fed": {aspect: SWITCH_AND_MERGE for aspect in ("forward", "collections", "prints")},
    "crf": {
        aspect: SWITCH_AND_MERGE for aspect in ("forward", "gradients", "shapes", "attributes", "collections", "prints")
    },
    "course_cifar": {"forward": SWITCH_AND_MERGE, "collections": SWITCH_AND_MERGE},
    "course_ddpg": {"forward": INITIALIZED_VALUE, "collections": INITIALIZED_VALUE},
    "sparse_examples": {"forward": NOTHING_LEFT, "prints": NOTHING_LEFT},
    "ctc": {"gradients": NOTHING_LEFT, "prints": NOTHING_LEFT},
    "lookup_tables": {
        **{aspect: NOTHING_LEFT for aspect in ("forward", "shapes", "attributes", "prints")},
        "collections": "a Saver saves variables, not tables, so that no table is among what it is to save",
    },
    "string_functions": {"forward": NOTHING_LEFT, "prints": NOTHING_LEFT},
    "sparse_errors": {aspect: NOTHING_LEFT for aspect in ("forward", "shapes", "attributes")},
    "distributions_checked": {
        **{aspect: SWITCH_AND_MERGE for aspect in ("forward", "attributes", "collections", "prints")},
        "shapes": NOTHING_LEFT,
    },
    "einsums": {"forward": NOTHING_LEFT, "prints": NOTHING_LEFT},
    "error_messages": {
        "forward": NOTHING_LEFT,
        "gradients": NOTHING_LEFT,
        "shapes": NOTHING_LEFT,
        "attributes": NOTHING_LEFT,
        "prints": NOTHING_LEFT,
    },
    "hessians": {
        aspect: "unrolled, a gradient for each element, where TensorFlow builds a While over a TensorArray"
        for aspect in ("forward", "gradients", "prints")
    },
    "images_errors": {"forward": NOTHING_LEFT, "prints": NOTHING_LEFT},
    "images_files_errors": {"forward": NOTHING_LEFT, "prints": NOTHING_LEFT},
    "images_random": {"forward": SWITCH_AND_MERGE, "collections": SWITCH_AND_MERGE},
    "images_turned": {"forward": NOTHING_LEFT, "prints": NOTHING_LEFT},
    "images_scales": {"shapes": KNOWN_IN_BRANCHES, "attributes": KNOWN_IN_BRANCHES},
    "initialized_value": {"forward": INITIALIZED_VALUE, "collections": INITIALIZED_VALUE},
    "legacy_seq2seq_fed": {aspect: SWITCH_AND_MERGE for aspect in ("forward", "collections", "prints")},
    "loops": {aspect: TAPE for aspect in ("forward", "gradients", "shapes", "attributes", "prints")},
    "monitored_training": {"forward": INITIALIZED_VALUE, "collections": INITIALIZED_VALUE},
    "moving_average_variables": {"forward": INITIALIZED_VALUE, "collections": INITIALIZED_VALUE},
    "optimize_loss_errors": {
        "forward": NOTHING_LEFT,
        "gradients": NOTHING_LEFT,
        "collections": NOTHING_LEFT,
        "prints": NOTHING_LEFT,
    },
    "rnn_cells_in_loops": {
        aspect: SWITCH_AND_MERGE for aspect in ("forward", "gradients", "shapes", "attributes", "collections")
    },
    "rnn_errors": {"forward": NOTHING_LEFT, "prints": NOTHING_LEFT},
    "random_in_conditionals": {
        aspect: SWITCH_AND_MERGE for aspect in ("forward", "shapes", "attributes", "collections")
    },
    "rare_functions": {"forward": NOTHING_LEFT, "prints": NOTHING_LEFT},
    "rnn_bidirectional": {"forward": SWITCH_AND_MERGE, "collections": SWITCH_AND_MERGE},
    "rnn_lengths": {"forward": SWITCH_AND_MERGE, "collections": SWITCH_AND_MERGE},
    "rnn_lengths_gradients": {
        aspect: SWITCH_AND_MERGE for aspect in ("forward", "gradients", "shapes", "attributes", "collections", "prints")
    },
    "rnn_decoder": {
        aspect: SWITCH_AND_MERGE for aspect in ("forward", "gradients", "shapes", "attributes", "collections")
    },
    "rnn_dynamic": {
        aspect: SWITCH_AND_MERGE for aspect in ("forward", "gradients", "shapes", "attributes", "collections")
    },
    "rows_mapped": {aspect: TAPE for aspect in ("forward", "gradients", "shapes", "attributes")},
    "seeds_after_backward": {
        aspect: BACKWARD
        for aspect in ("forward", "gradients", "values", "shapes", "attributes", "collections", "prints")
    },
    "seeds_after_conditionals": {aspect: SWITCH_AND_MERGE for aspect in ("forward", "collections", "prints")},
    "seq2seq_attention": {
        aspect: SWITCH_AND_MERGE for aspect in ("forward", "gradients", "shapes", "attributes", "collections", "prints")
    },
    "seq2seq_attention_by_hand": {
        "attributes": "the text of an assertion about batch sizes has TensorFlow's first sentence, and other advice"
    },
    "seq2seq_decoders": {
        aspect: SWITCH_AND_MERGE for aspect in ("forward", "gradients", "shapes", "attributes", "collections", "prints")
    },
    "seq2seq_scheduled": {
        aspect: SWITCH_AND_MERGE for aspect in ("forward", "gradients", "shapes", "attributes", "collections", "prints")
    },
    "seeds_initial_values": {"forward": INITIALIZED_VALUE, "collections": INITIALIZED_VALUE},
    "tensor_arrays": {"shapes": RANK_OF_ELEMENTS},
}

# {program: (relative tolerance, reason)} where 1e-6 is too strict.
TOLERANCES = {"conv_kinds": (5e-5, "sums of many terms that nearly cancel, added in another order")}
