"""`arg_scope`, and where variables, layers and restored values meet it; errors as in TensorFlow 1.15."""

import numpy as np
import pytest

import minigraph as tf

layers, framework = tf.contrib.layers, tf.contrib.framework


def test_inner_scopes_override_outer_ones_and_arguments_both():
    @framework.add_arg_scope
    def f(x, a=1, b=2):
        return x, a, b

    with framework.arg_scope([f], a=10, b=20):
        with framework.arg_scope([f], b=30) as inner:
            assert f(0) == (0, 10, 30)
            assert f(0, b=5) == (0, 10, 5)
        assert f(0) == (0, 10, 20)
    assert f(0) == (0, 1, 2)
    with framework.arg_scope(inner):
        assert f(0) == (0, 10, 30)
    assert framework.has_arg_scope(f) and framework.arg_scoped_arguments(f) == ("a", "b")
    assert framework.current_arg_scope() == {}


def test_a_scope_ends_when_its_block_fails():
    with pytest.raises(ZeroDivisionError), framework.arg_scope([layers.flatten], scope="f"):
        1 / 0  # noqa: B018
    assert framework.current_arg_scope() == {}


def test_a_scope_given_by_a_function():
    """The usual form in model files: a function returns the scope, and a program enters it."""

    def defaults():
        with framework.arg_scope([layers.conv2d], padding="VALID", activation_fn=None) as scope:
            return scope

    with framework.arg_scope(defaults()):
        assert layers.conv2d(tf.zeros([1, 5, 5, 1]), 2, 3).shape.as_list() == [1, 3, 3, 2]


def test_errors():
    with pytest.raises(ValueError, match="is not decorated with @add_arg_scope"):
        with framework.arg_scope([tf.nn.relu], name="x"):
            pass
    with pytest.raises(TypeError, match="^list_ops_or_scope must either be a list/tuple or reused scope"):
        with framework.arg_scope(layers.conv2d):
            pass
    with pytest.raises(ValueError, match="^When attempting to re-use a scope by suppling"):
        with framework.arg_scope({}, padding="SAME"):
            pass


def test_variables_of_layers_heed_scopes_of_model_variable():
    with framework.arg_scope([framework.model_variable], device="/cpu:0"):
        layers.fully_connected(tf.zeros([1, 2]), 3)
    assert {v.device for v in tf.model_variables()} == {"/device:CPU:0"}


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda x: layers.conv2d(x[0], 3, 2), ValueError, "Convolution expects input with rank 4, got 3"),
        (lambda x: layers.conv2d(x, 3, 2, data_format="HWC"), ValueError, "Invalid data_format: 'HWC'"),
        (
            lambda x: layers.max_pool2d(x, 2, data_format="NWC"),
            ValueError,
            "data_format has to be either NCHW or NHWC.",
        ),
        (
            lambda x: layers.batch_norm(x, renorm=True, updates_collections=None),
            ValueError,
            "renorm is not supported with batch_weights, updates_collections or zero_debias_moving_mean",
        ),
        (
            lambda x: layers.layer_norm(x, begin_norm_axis=4),
            ValueError,
            r"begin_params_axis \(-1\) and begin_norm_axis",
        ),
        (lambda x: layers.unit_norm(x, 4), ValueError, "dim must be positive but smaller than the input rank."),
        (lambda x: layers.maxout(x, 2), ValueError, r"number of features\(3\) is not a multiple of num_units\(2\)"),
        (lambda x: layers.bias_add(x[0], data_format="NCHW"), ValueError, "Data format NCHW only supports 4D Tensor"),
        (
            lambda x: layers.embed_sequence([[1]]),
            ValueError,
            "Must specify vocab size and embedding dimension when not",
        ),
        (lambda x: framework.get_unique_variable("none"), ValueError, "Couldn't find variable none"),
        (lambda x: framework.get_variables_to_restore("a"), TypeError, "include is provided but is not a list"),
        (lambda x: framework.assign_from_values({"none": 1.0}), ValueError, "Variable none wasn't found"),
        (lambda x: framework.assign_from_checkpoint_fn("path", []), ValueError, "var_list cannot be empty"),
    ],
)
def test_errors_of_layers_leave_nothing(call, error, words):
    x = tf.zeros([2, 4, 4, 3])
    given = x[0]  # noqa: F841 (made before, so that a slice of a failing call is not counted)
    with pytest.raises(error, match=f"^{words}"):
        call(x)
    assert not tf.global_variables()


def test_assign_from_checkpoint(tmp_path):
    v, w = tf.get_variable("v", [2]), tf.get_variable("w", [3])
    with tf.Session() as sess:
        sess.run([v.assign([1.0, 2.0]), w.assign([3.0, 4.0, 5.0])])
        path = tf.train.Saver([v]).save(sess, str(tmp_path / "model"))
        sess.run([v.assign([0.0, 0.0])])
        assign, feed = framework.assign_from_checkpoint(path, [v])
        sess.run(assign, feed)
        np.testing.assert_array_equal(sess.run(v), [1.0, 2.0])
        with pytest.raises(ValueError, match=r"^Checkpoint is missing variable \[w\]"):
            framework.assign_from_checkpoint(path, [v, w])
        sess.run(v.assign([0.0, 0.0]))
        framework.assign_from_checkpoint_fn(path, [v, w], ignore_missing_vars=True)(sess)
        np.testing.assert_array_equal(sess.run(v), [1.0, 2.0])
        assert framework.assign_from_checkpoint_fn(path, [w], ignore_missing_vars=True) is None
        with pytest.raises(ValueError, match="^Total size of new array must be unchanged for v"):
            framework.assign_from_checkpoint(path, {"v": w})


def test_tensors_by_the_names_of_layers():
    x = tf.zeros([1, 4, 4, 3])
    y = layers.conv2d(x, 2, 3, scope="conv1", outputs_collections="ends")
    z = layers.max_pool2d(y, 2, scope="pool1", outputs_collections=["ends"])
    assert dict(layers.utils.convert_collection_to_dict("ends")) == {"conv1": y, "pool1": z}
    layers.utils.append_tensor_alias(z, "again")
    assert layers.utils.gather_tensors_aliases([x, z]) == ["zeros", "pool1", "again"]
    assert list(layers.utils.convert_collection_to_dict("ends", clear_collection=True)) == ["conv1", "pool1", "again"]
    assert tf.get_collection("ends") == []
