"""Variable scopes and templates: names, counts, sharing, nesting. The names are recorded from TensorFlow 1.15.5."""

import pytest

import minigraph as tf


def in_force():
    return tf.get_variable_scope().name, tf.get_default_graph().get_name_scope()


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def opened(*args, **options):
    with tf.variable_scope(*args, **options) as scope:
        return scope.name


@pytest.mark.parametrize("name", ["bad name", "a:b", "_a", "-a", "/a", "\\a"])
def test_a_bad_name_is_told_and_nothing_stays_in_force(name):
    with pytest.raises(ValueError, match="is not a valid scope name") as error:
        opened(name)
    assert str(error.value).startswith(f"'{name}' is not a valid scope name")
    with pytest.raises(ValueError, match="is not a valid scope name"):
        opened(None, name)
    assert in_force() == ("", "")


def test_a_layer_with_a_bad_name_leaves_nothing(graph):
    x = tf.ones([2, 3])
    before = len(graph.get_operations())
    for make in (lambda: tf.layers.dense(x, 3, name="my layer"), lambda: tf.layers.Dense(3, name="my layer")(x)):
        with pytest.raises(ValueError, match="'my layer' is not a valid scope name"):
            make()
    assert len(graph.get_operations()) == before and tf.global_variables() == [] and in_force() == ("", "")


def test_default_names_go_on_after_the_empty_scope():
    with tf.variable_scope("", reuse=tf.AUTO_REUSE):
        assert (opened(None, "a"), opened(None, "a")) == ("a", "a_1")
    assert opened(None, "a") == "a_2"


def test_default_names_begin_again_in_a_scope_entered_again():
    with tf.variable_scope(tf.get_variable_scope()):
        assert (opened(None, "a"), opened(None, "a")) == ("a", "a_1")
    assert opened(None, "a") == "a"
    for _ in range(2):
        with tf.variable_scope("x"):
            assert opened(None, "q") == "x/q"


def test_a_scope_left_before_the_one_inside_it():
    inner = tf.variable_scope("b")
    with tf.variable_scope("a"):
        inner.__enter__()
        with tf.variable_scope("c"):
            with pytest.raises(RuntimeError, match="Improper nesting of variable_scope."):
                inner.__exit__(None, None, None)
            assert in_force() == ("a/b/c", "a")
        inner.__exit__(None, None, None)
        assert in_force()[0] == "a"
    assert in_force() == ("", "")


def test_a_scope_object_entered_again_keeps_its_name_scope():
    scope = tf.variable_scope("p")
    found = []
    for _ in range(2):
        with scope as opened_scope:
            found.append((opened_scope.name, opened_scope.original_name_scope, tf.constant(1.0).name))
    assert found == [("p", "p/", "p/Const:0"), ("p", "p/", "p_1/Const:0")]
    with pytest.raises(RuntimeError, match="Improper nesting of variable_scope."):
        with scope as outer, scope as inner:
            assert (outer.name, inner.name) == ("p", "p/p")


def test_a_scope_belongs_to_the_graph_where_it_was_made(graph):
    scope = tf.variable_scope("a")
    with tf.Graph().as_default(), scope:
        assert tf.get_variable("w", []).graph is graph


def variable_d():
    return tf.get_variable("d", [])


def test_a_template_whose_scope_is_made_at_once():
    with tf.variable_scope("ctor"):
        f = tf.make_template("a", variable_d, create_scope_now_=True)
    with tf.variable_scope("call"):
        assert (f().name, f.variable_scope.name, f.variable_scope_name) == ("ctor/a/d:0", "ctor/a", "ctor/a/")
        assert f() is f() and tf.constant(1.0).name == "call/Const:0"


def test_templates_of_one_name():
    def times_w(x):
        return x * tf.get_variable("w", [])

    one = tf.make_template("t", times_w)
    assert one.variable_scope is None and one.variables == [] and one.variable_scope_name is None
    assert [one(tf.ones([])).name for _ in range(2)] == ["t/mul:0", "t_1/mul:0"]
    later, sooner = [tf.make_template("t", times_w, create_scope_now_=True) for _ in range(2)]
    assert (sooner(tf.ones([])).name, sooner.variable_scope.name) == ("t_2/mul:0", "t_2")
    assert (later(tf.ones([])).name, later.variable_scope.name) == ("t_1_1/mul:0", "t_1")


@pytest.mark.filterwarnings("ignore:tf.Variable always")
def test_a_template_that_makes_a_variable_when_it_is_called_again():
    f = tf.make_template("t", lambda: tf.Variable(1.0))
    f()
    with pytest.raises(ValueError, match="Trainable variable created when calling a template after the first time"):
        f()


def test_what_a_template_knows_of_its_variables():
    def several():
        local = tf.get_variable("l", [], collections=[tf.GraphKeys.LOCAL_VARIABLES], trainable=False)
        return local + tf.get_variable("n", [], trainable=False) + tf.get_variable("x", [])

    f = tf.make_template("f", several)
    f()
    found = [
        [v.op.name for v in list_]
        for list_ in (f.variables, f.local_variables, f.trainable_variables, f.non_trainable_variables, f.weights)
    ]
    assert found == [["f/n", "f/x", "f/l"], ["f/l"], ["f/x"], ["f/n"], ["f/n", "f/x", "f/l"]]
    assert f.func is several and f.var_scope is f.variable_scope


def test_a_template_with_a_getter_and_options():
    def renamed(getter, name, *args, **options):
        return getter(name + "_g", *args, **options)

    for now in (False, True):
        f = tf.make_template("f", variable_d, create_scope_now_=now, custom_getter_=renamed)
        assert [f().op.name for _ in range(2)] == ["f_1/d_g" if now else "f/d_g"] * 2
    f = tf.make_template("k", lambda x, scale=1.0: x * scale, scale=2.0)
    assert f(1.0) == 2.0 and f(1.0, scale=3.0) == 3.0


def test_bytes_are_names_too(graph):
    assert tf.constant(1.0, name=b"e").name == "e:0" and tf.get_variable(b"w", []).name == "w:0"
    with tf.name_scope(b"ns"):
        assert tf.placeholder(tf.float32, name=b"p").name == "ns/p:0"
    with pytest.raises(TypeError, match="expected string or bytes-like object"):
        tf.add(1.0, 2.0, name=3)
    with tf.Session() as sess:
        assert sess.run(b"e:0", {b"e:0": 2.0}) == 2.0
