"""Layer objects: names, scopes, variables, losses and updates, checks. Names and texts are TensorFlow 1.15.5's."""

import copy

import numpy as np
import pytest

import minigraph as tf


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


@pytest.fixture
def x():
    return tf.placeholder(tf.float32, [None, 3], name="x")


def names(items):
    return [each.op.name if hasattr(each, "op") else each.name for each in items]


# Names and scopes


def test_a_second_object_of_one_name_has_variables_of_its_own(x):
    assert [tf.layers.Dense(4, name="d")(x).name for _ in range(2)] == ["d/BiasAdd:0", "d_1/BiasAdd:0"]
    assert names(tf.global_variables()) == ["d/kernel", "d/bias", "d_1/kernel", "d_1/bias"]


def test_a_second_call_of_a_function_with_one_name_is_refused_or_shares(x):
    tf.layers.dense(x, 4, name="f")
    with pytest.raises(ValueError, match="Variable f/kernel already exists, disallowed"):
        tf.layers.dense(x, 4, name="f")
    assert tf.layers.dense(x, 4, name="f", reuse=True).name.endswith("/BiasAdd:0")
    assert names(tf.layers.Dense(4, name="f")(x).graph.get_collection("variables"))[2:] == ["f_1/kernel", "f_1/bias"]


def test_objects_in_a_scope_that_shares(x):
    with tf.variable_scope("s"):
        tf.layers.Dense(4, name="d")(x)
    with tf.variable_scope("s", reuse=True), pytest.raises(ValueError, match="Variable s/d_1/kernel does not exist"):
        [tf.layers.Dense(4, name="d")(x) for _ in range(2)]
    with tf.variable_scope("s", reuse=tf.AUTO_REUSE):
        first, second = [tf.layers.Dense(4, name="d") for _ in range(2)]
        assert [names((layer(x), *layer.weights))[1] for layer in (first, second)] == ["s/d/kernel", "s/d_1/kernel"]


def test_the_scope_is_that_of_the_first_call(x):
    layer = tf.layers.Dense(4)
    assert layer.name == "dense_1"
    with pytest.raises(ValueError, match='No name available for layer scope because the layer "dense_1"'):
        layer.scope_name
    with tf.variable_scope("t"):
        assert (layer(x).name, layer(x).name) == ("t/dense/BiasAdd:0", "t/dense/BiasAdd_1:0")
    assert layer.scope_name == "t/dense"
    given = tf.layers.Dense(4, name="q")
    assert (given(x, scope="given").name, given.scope_name, given.name) == ("given/BiasAdd:0", "given", "q")


def test_a_scope_object_as_name(x):
    with tf.variable_scope("u") as u:
        pass
    layer = tf.layers.Dense(4, name=u)
    assert (layer.name, layer(x).name, layer.scope_name) == ("dense_1", "u_1/BiasAdd:0", "u_1")


# What a layer tells of itself


def test_the_arguments_are_attributes():
    layer = tf.layers.Dense(4, tf.nn.relu, kernel_regularizer=tf.nn.l2_loss, activity_regularizer=tf.reduce_sum)
    assert (layer.units, layer.use_bias, layer.built, layer.dtype, layer.graph) == (4, True, False, None, None)
    assert (layer.activation, layer.kernel_regularizer, layer.activity_regularizer) == (
        tf.nn.relu,
        tf.nn.l2_loss,
        tf.reduce_sum,
    )
    assert (layer.kernel_initializer, type(layer.bias_initializer).__name__, layer.bias_constraint) == (
        None,
        "Zeros",
        None,
    )
    conv = tf.layers.Conv2D(4, (3, 2), strides=2, padding="SAME", data_format="channels_first")
    assert (conv.filters, conv.kernel_size, conv.strides, conv.padding, conv.data_format, conv.rank) == (
        4,
        (3, 2),
        (2, 2),
        "same",
        "channels_first",
        2,
    )
    assert conv.activation("x") == "x" and conv.activation.__name__ == "linear"
    norm = tf.layers.BatchNormalization()
    assert (norm.axis, norm.momentum, norm.renorm, norm.virtual_batch_size, norm.fused) == (-1, 0.99, False, None, True)


SHAPES = [
    (tf.layers.Dense, (4,), {}, [None, 3], [None, 4]),
    (tf.layers.Dense, (4,), {}, [2, 5, 3], [2, 5, 4]),
    (tf.layers.Conv1D, (4, 3), {"strides": 2}, [1, 9, 2], [1, 4, 4]),
    (tf.layers.Conv1D, (4, 3), {"padding": "causal", "dilation_rate": 2}, [1, 8, 2], [1, 8, 4]),
    (tf.layers.Conv1D, (4, 3), {"data_format": "channels_first"}, [1, 2, 9], [1, 4, 7]),
    (tf.layers.Conv2D, (4, 3), {}, [None, 8, 8, 2], [None, 6, 6, 4]),
    (tf.layers.Conv2D, (4, (3, 2)), {"strides": 2, "padding": "same"}, [3, None, 9, 2], [3, None, 5, 4]),
    (tf.layers.Conv2D, (4, 3), {"dilation_rate": 2}, [1, 8, 8, 2], [1, 4, 4, 4]),
    (tf.layers.Conv2DTranspose, (4, 3), {"strides": 2}, [None, 8, 8, 2], [None, 17, 17, 4]),
    (tf.layers.Conv2DTranspose, (4, 3), {"strides": (2, 1), "padding": "same"}, [1, 8, 8, 2], [1, 16, 8, 4]),
    (tf.layers.MaxPooling2D, (2, 2), {}, [None, 8, 9, 2], [None, 4, 4, 2]),
    (tf.layers.AveragePooling2D, ((3, 2), 1), {"padding": "same"}, [1, 8, 9, 2], [1, 8, 9, 2]),
    (tf.layers.Flatten, (), {}, [None, 3, 4], [None, 12]),
    (tf.layers.Flatten, (), {}, [2, None, 4], [2, None]),
    (tf.layers.Dropout, (), {}, [1, 2], [1, 2]),
    (tf.layers.BatchNormalization, (), {}, [1, 2], [1, 2]),
]


@pytest.mark.parametrize("kind, args, options, given, wanted", SHAPES)
def test_the_shape_of_the_output_is_known_beforehand(kind, args, options, given, wanted):
    layer = kind(*args, **options)
    assert tf.TensorShape(layer.compute_output_shape(given)).as_list() == wanted
    assert layer(tf.placeholder(tf.float32, given)).shape.as_list() == wanted


def test_shapes_that_cannot_be():
    with pytest.raises(ValueError, match="The innermost dimension of input_shape must be defined"):
        tf.layers.Dense(4).compute_output_shape([2, None])
    with pytest.raises(ValueError, match=r"Shape \(3,\) must have rank at least 2"):
        tf.layers.Dense(4).compute_output_shape([3])
    with pytest.raises(NotImplementedError):
        tf.layers.Layer().compute_output_shape([3])


def test_counting_and_setting_weights(x):
    layer = tf.layers.Dense(4)
    with pytest.raises(ValueError, match="You tried to call `count_params` on dense_1, but the layer isn't built"):
        layer.count_params()
    layer(x)
    assert layer.count_params() == 16
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        layer.set_weights([np.ones([3, 4]), np.zeros(4)])
        assert [w.tolist() for w in layer.get_weights()] == [[[1.0] * 4] * 3, [0.0] * 4]
        with pytest.raises(ValueError, match="with a  weight list of length 1, but the layer was expecting 2 weights"):
            layer.set_weights([1])
        with pytest.raises(ValueError, match=r"Layer weight shape \(3, 4\) not compatible with provided weight shape"):
            layer.set_weights([np.ones([2, 4]), np.zeros(4)])


@pytest.mark.parametrize("dtype", ["float64", np.float64, tf.float64])
def test_the_dtype_is_told_by_name(dtype):
    layer = tf.layers.Dense(2, dtype=dtype)
    assert layer.dtype == "float64" and layer(tf.ones([1, 2], tf.float64)).dtype == tf.float64


def test_the_dtype_is_that_of_the_first_input():
    layer = tf.layers.Layer()
    layer(np.array(1.0, "float64"))
    other = tf.layers.Layer()
    other([tf.constant(1.0), tf.constant(1.0, tf.float64)])
    assert (layer.dtype, other.dtype) == ("float64", "float32")


def test_a_layer_has_no_neighbours(x):
    layer = tf.layers.Dense(2)
    layer(x)
    for name in ("input", "output", "input_shape", "output_shape"):
        with pytest.raises(AttributeError, match="not connected|no inbound nodes|never been called"):
            getattr(layer, name)
    with pytest.raises(RuntimeError, match="The layer has never been called and thus has no defined output shape."):
        layer.get_output_shape_at(0)


# Variables


def test_what_is_trainable(x):
    layer, frozen = tf.layers.Dense(2), tf.layers.Dense(2, trainable=False)
    layer(x), frozen(x)
    assert names(tf.trainable_variables()) == ["dense/kernel", "dense/bias"]
    layer.trainable, frozen.trainable = False, True
    assert layer.trainable_weights == [] and len(layer.non_trainable_weights) == 2
    assert frozen.trainable_weights == [] and len(frozen.non_trainable_weights) == 2


class Own(tf.layers.Layer):
    def build(self, shape):
        self.shapes = shape
        self.w = self.add_weight("w", [3, 2], regularizer=tf.nn.l2_loss)
        self.n = self.add_variable(name="n", shape=[2], trainable=False, initializer=tf.zeros_initializer())

    def call(self, inputs, training=False, scope=None):
        self.seen = training, scope.name
        x = inputs["a"] if isinstance(inputs, dict) else inputs
        y = tf.matmul(x, self.w)
        self.add_loss(tf.reduce_sum(y), inputs=inputs)
        self.add_loss([tf.nn.l2_loss(self.w), None, lambda: tf.constant(3.0)])
        self.add_update(tf.assign(self.n, tf.reduce_mean(y, 0)))
        self.add_update([tf.assign_add(self.n, [1.0, 1.0])])
        self.add_update(lambda: tf.assign(self.n, [2.0, 2.0]))
        return y


def test_losses_and_updates_of_inputs(x):
    layer = Own(name="l")
    layer(x, training=True)
    assert layer.built and layer.seen == (True, "l")
    assert names(layer.losses) == ["l/Sum", "l/L2Loss", "w/Regularizer/L2Loss", "Const"]
    assert names(layer.updates) == ["l/Assign", "l/AssignAdd", "l/Assign_1"]
    assert names(layer.get_losses_for(x)) == ["l/Sum"]
    assert names(layer.get_losses_for(None))[0] == "l/L2Loss"
    assert names(layer.get_updates_for(x)) == ["l/Assign"]
    assert names(layer.get_updates_for(None)) == ["l/AssignAdd", "l/Assign_1"]
    assert names(tf.get_collection("regularization_losses")) == [
        "l/w/Regularizer/L2Loss",
        "l/Sum",
        "l/L2Loss",
        "l/Const_1",
    ]
    assert tf.get_collection("update_ops") == layer.updates
    layer.trainable = False
    assert layer.updates == [] and layer.get_updates_for(x) == [] and len(layer.losses) == 4
    layer.trainable, z = True, tf.ones([2, 3])
    layer(z)
    assert names(layer.get_losses_for(z) + layer.get_updates_for(z)) == ["l/Sum_1", "l/Assign_2"]


def test_an_activity_regularizer_belongs_to_its_inputs():
    layer, x = tf.layers.Layer(activity_regularizer=tf.reduce_sum), tf.placeholder(tf.float32)
    layer.apply(x)
    assert len(layer.get_losses_for(x)) == 1 and layer.get_losses_for(None) == []


def test_inputs_in_dicts_and_lists(x):
    layer = Own(name="m")
    assert layer({"a": x, "b": 3.0}).name == "m/MatMul:0"
    assert {key: shape.as_list() for key, shape in layer.shapes.items()} == {"a": [None, 3], "b": []}
    assert tf.layers.Layer()({"a": x}) == {"a": x} and tf.layers.Layer()((x, None)) == (x, None)


def test_arguments_of_add_weight(x):
    layer = tf.layers.Layer(name="b")
    assert layer.add_weight("w", [2]).name == "b/w:0" and layer.dtype == "float32"
    with pytest.raises(TypeError, match="Unknown keyword argument"):
        layer.add_weight("z", [2], foo=3)
    with pytest.raises(ValueError, match="Synchronization value can be set to VariableSynchronization.ON_READ only"):
        layer.add_weight("z", [], trainable=True, synchronization=tf.VariableSynchronization.ON_READ)
    read = layer.add_weight("r", [], synchronization=tf.VariableSynchronization.ON_READ)
    assert not read.trainable and layer.non_trainable_weights == [read]


def test_training_reaches_the_layers_inside(x):
    class Outer(tf.layers.Layer):
        def __init__(self):
            super().__init__(name="o")
            self.inner = tf.layers.Dropout(0.5, name="drop")

        def call(self, inputs):
            return self.inner(inputs)

    outer = Outer()
    assert (outer(x, training=True).name, outer(x).name) == ("o/drop/dropout/mul_1:0", "o/drop/Identity:0")


def test_a_copy_makes_variables_of_its_own(x):
    layer = tf.layers.Dense(2, name="c")
    other = copy.deepcopy(layer)
    assert (other.name, other(x).name, layer(x).name) == ("c", "c/BiasAdd:0", "c_1/BiasAdd:0")


def test_a_failed_call_leaves_the_layer_as_it_was(x, graph):
    layer = Own(name="l")
    with pytest.raises(ValueError):
        layer(tf.ones([2, 4]))
    assert (layer.built, layer.weights, layer.losses, layer.updates) == (False, [], [], [])
    assert names([layer(x)]) == ["l/MatMul"] and len(layer.weights) == 2


# Checks

CHECKS = {
    "Dense(4)(tf.ones([3]))": "Input 0 of layer dense_1 is incompatible with the layer: : expected min_ndim=2, found "
    "ndim=1. Full shape received: [3]",
    "Dense(4)(tf.placeholder(tf.float32))": "Input 0 of layer dense_1 is incompatible with the layer: its rank is "
    "undefined, but the layer requires a defined rank.",
    "Dense(4)([[1.0, 2.0]])": "Layer dense_1 expects 1 inputs, but it received 2 input tensors. Inputs received: ",
    "Conv2D(4, 3)(tf.ones([2, 3, 3]))": "Input 0 of layer conv2d_1 is incompatible with the layer: expected ndim=4, "
    "found ndim=3. Full shape received: [2, 3, 3]",
    "specified(max_ndim=1)(tf.ones([2, 2]))": "Input 0 of layer s is incompatible with the layer: expected max_ndim=1, "
    "found ndim=2",
    "specified(dtype='float32')(tf.ones([2], tf.int32))": "Input 0 of layer s is incompatible with the layer: expected "
    "dtype=float32, found dtype=<dtype: 'int32'>",
    "specified(shape=(None, 3))(tf.ones([2, 4]))": "Input 0 is incompatible with layer s: expected shape=(None, 3), "
    "found shape=[2, 4]",
    "Conv2D(4, 'a')": "The `kernel_size` argument must be a tuple of 2 integers. Received: a",
    "Conv2D(4, (3, 'x'))": "The `kernel_size` argument must be a tuple of 2 integers. Received: (3, 'x') including "
    "element x of type <class 'str'>",
    "Conv2D(4, 3, padding='causal')": "Causal padding is only supported for `Conv1D`and ``SeparableConv1D`.",
    "Conv2D(4, 3, data_format='NHWC')": 'The `data_format` argument must be one of "channels_first", "channels_last". '
    "Received: NHWC",
    "MaxPooling2D(2, None)": "Argument `strides` must not be None.",
    "InputSpec(ndim=2, axes={3: 2})": "Axis 3 is greater than the maximum allowed value: 1",
    "Dense(2, kernel_initializer='foo')": "Unknown initializer:foo",
    "Dense(2, activation='foo')": "Unknown activation function:foo",
    "Dense(2, kernel_regularizer=3)": "Could not interpret regularizer identifier: 3",
}


def specified(**spec):
    layer = tf.layers.Layer(name="s")
    layer.input_spec = tf.layers.InputSpec(**spec)
    return layer


@pytest.mark.parametrize("code", CHECKS)
def test_what_is_refused(code):
    with pytest.raises(ValueError) as error:
        eval(code, {"tf": tf, "specified": specified, **{name: getattr(tf.layers, name) for name in dir(tf.layers)}})
    assert str(error.value).startswith(CHECKS[code])


def test_other_types_of_errors(x):
    with pytest.raises(TypeError, match="Layer input_spec must be an instance of InputSpec. Got: 3"):
        tf.layers.Layer().input_spec = 3
    with pytest.raises(TypeError, match="'Keyword argument not understood:', 'foo'"):
        tf.layers.Dense(4, foo=3)
    with pytest.raises(TypeError, match="Unable to build `Dense` layer with non-floating point dtype"):
        tf.layers.Dense(4)(tf.ones([2, 3], tf.int32))

    class Nothing(tf.layers.Layer):
        def call(self, inputs):
            pass

    with pytest.raises(ValueError, match="A layer's `call` method should return a Tensor or a list of Tensors, not"):
        Nothing()(x)


# Words for functions


@pytest.mark.parametrize(
    "word, last",
    [
        ("relu", "Relu"),
        ("sigmoid", "Sigmoid"),
        ("tanh", "Tanh"),
        ("softmax", "Softmax"),
        ("linear", "BiasAdd"),
        ("elu", "Elu"),
        ("selu", "Mul"),
        ("softplus", "Softplus"),
        ("softsign", "Softsign"),
        ("exponential", "Exp"),
        ("hard_sigmoid", "Maximum"),
    ],
)
def test_activations_by_name(x, word, last):
    assert tf.layers.dense(x, 2, activation=word).op.type == last


def test_initializers_by_name():
    """Recorded from TensorFlow 1.15.5."""
    tf.set_random_seed(7)
    tf.layers.dense(tf.ones([2, 3]), 2, kernel_initializer="he_normal", use_bias=False, name="d")
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        assert sess.run("d/kernel:0").ravel()[:2].tolist() == pytest.approx([-0.406473845243454, -1.6276113986968994])


def test_constraints_by_name(graph):
    """Recorded from TensorFlow 1.15.5."""
    tf.layers.dense(
        tf.ones([2, 3]),
        2,
        kernel_constraint="max_norm",
        use_bias=False,
        name="d",
        kernel_initializer=tf.constant_initializer([1.0, -2.0, 3.0, 4.0, -5.0, 6.0]),
    )
    v = tf.global_variables()[0]
    before = len(graph.get_operations())
    found = v.constraint(v)
    assert len(graph.get_operations()) - before == 16
    with tf.Session() as sess:
        sess.run(v.initializer)
        assert sess.run(found).ravel().tolist() == pytest.approx(
            [0.33806, -0.53452, 1.01419, 1.06904, -1.69031, 1.60357], abs=1e-5
        )
