"""Every definition has the inputs and outputs that TensorFlow 1.15 registers for its type."""

import pytest

pytest.importorskip("tensorboard")

import minigraph as tf  # noqa: E402, F401
from minigraph.graph.create_op import definition_of, modules  # noqa: E402
from minigraph.interop.op_list import operations  # noqa: E402

# What an export writes in another form, see `interop.export_items`.
OURS = "BranchItem TapeGradient TapeGradientItem TapeItem TensorListScatterAdd _Arg".split()
IN_CONTRIB = "GatherTree ImageProjectiveTransformV2".split()  # registered when parts of tf.contrib are imported


def args(messages):
    names = ("name", "type", "type_attr", "number_attr", "type_list_attr", "is_ref")
    return [tuple(getattr(arg, name) for name in names) for arg in messages]


@pytest.mark.parametrize("op_type", sorted(modules))
def test_inputs_and_outputs_are_named_as_in_tensorflow(op_type):
    if op_type in OURS + IN_CONTRIB:
        assert op_type not in operations()
        return
    bare = object.__new__(definition_of(op_type))
    message = operations()[op_type]
    assert args(bare.input_arg) == args(message.input_arg)
    assert args(bare.output_arg) == args(message.output_arg)
