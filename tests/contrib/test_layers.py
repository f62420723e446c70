"""`tf.contrib.layers`: dense layers by their older names. Names and collections as TensorFlow 1.15 gave them."""

import pytest

import minigraph as tf

layers = tf.contrib.layers
KEYS = tf.GraphKeys


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def names(key):
    return [each.name for each in tf.get_collection(key)]


def test_fully_connected_makes_model_variables():
    layers.fully_connected(tf.zeros([2, 3]), 4)
    wanted = ["fully_connected/weights:0", "fully_connected/biases:0"]
    assert names(KEYS.MODEL_VARIABLES) == names(KEYS.GLOBAL_VARIABLES) == names(KEYS.TRAINABLE_VARIABLES) == wanted
    assert [v.name for v in tf.model_variables()] == wanted


def test_collections_of_one_list_or_by_kind():
    layers.fully_connected(tf.zeros([2, 3]), 4, variables_collections=["all"], outputs_collections="out", scope="a")
    layers.linear(tf.zeros([2, 3]), 4, variables_collections={"weights": ["w"]}, outputs_collections="out", scope="b")
    assert names("all") == ["a/weights:0", "a/biases:0"]
    assert names("w") == ["b/weights:0"]
    assert names("out") == ["a/Relu:0", "b/BiasAdd:0"]


def test_custom_getter_sees_the_older_names():
    seen = []

    def getter(getter, name, **options):
        seen.append(name)
        return getter(name, **options)

    with tf.variable_scope("s", custom_getter=getter):
        layers.fully_connected(tf.zeros([2, 3]), 4)
    assert seen == ["s/fully_connected/weights", "s/fully_connected/biases"]


def test_custom_getter_is_called_by_keywords():
    def getter(**options):
        return options.pop("getter")(**options)

    with tf.variable_scope("s", custom_getter=getter):
        assert tf.get_variable("v", [2]).name == "s/v:0"


@pytest.mark.parametrize("layer", [layers.fully_connected, layers.relu])
@pytest.mark.parametrize("scope, name", [("st", "st/st_2/Relu:0"), (None, "Stack/fully_connected_2/Relu:0")])
def test_stack(layer, scope, name):
    assert layers.stack(tf.zeros([2, 3]), layer, [[8], 4], scope=scope).name == name


def test_stack_needs_a_list(graph):
    with pytest.raises(ValueError, match="^stack_args need to be a list or tuple"):
        layers.stack(tf.zeros([2, 3]), layers.relu, 4)


def test_a_failed_layer_leaves_nothing(graph):
    x = tf.zeros([2, 3])
    before = len(graph.get_operations())
    with pytest.raises(ValueError, match="^num_outputs type should be one of"):
        layers.fully_connected(x, 2.5)
    with pytest.raises(TypeError):
        layers.fully_connected(x, 4, weights_initializer=lambda *args, **kwargs: object())
    assert len(graph.get_operations()) == before and not tf.global_variables()
