"""`tf.contrib.training`: HParams and what they refuse; training operations; the loop."""
import minigraph as tf

t, results = tf.contrib.training, {}
h = t.HParams(rate=0.1, sizes=[8, 4], name="small", deep=True, count=3, none=None)
results["values"] = [h.values(), str(sorted(str(h).split(","))), repr(h), h.to_json(sort_keys=True), "rate" in h, "x" in h]
h.parse("rate=1e-3,sizes=[1, 2,3],deep=false,count=7,name=big one")
results["parsed"] = [h.values(), h.get("rate"), h.get("x"), h.get("x", 5), h.get("sizes", [1]), h.rate]
h.parse_json('{"rate": 2, "sizes": [9], "none": "any"}')
h.set_hparam("count", 8)
h.add_hparam("added", 1.5)
h.del_hparam("name")
h.set_model_structure("deep")
results["changed"] = [h.values(), h.get_model_structure()]
results["parse"] = [
    t.parse_values("a[0]=1,a[2]=3,b=[x,y]", {"a": int, "b": str}), t.parse_values("a=1,z=3", {"a": float}, ignore_unknown=True),
    t.parse_values("a=True,b=0", {"a": bool, "b": bool}), t.parse_values("", {})]
for name, function in sorted({
    "malformed": lambda: t.parse_values("a b", {"a": int}), "unknown": lambda: t.parse_values("z=1", {"a": int}),
    "type": lambda: t.parse_values("a=x", {"a": int}), "list": lambda: t.parse_values("a=[1,x]", {"a": int}),
    "twice": lambda: t.parse_values("a=1,a=2", {"a": int}), "index twice": lambda: t.parse_values("a[1]=1,a[1]=2", {"a": int}),
    "mixed": lambda: t.parse_values("a=1,a[1]=2", {"a": int}), "list in list": lambda: t.parse_values("a[1]=[2]", {"a": int}),
    "bool": lambda: t.parse_values("a=maybe", {"a": bool}), "float to int": lambda: h.set_hparam("count", 1.5),
    "text to number": lambda: h.set_hparam("rate", "x"), "number to text": lambda: t.HParams(a="x").set_hparam("a", 3),
    "bool to int": lambda: h.set_hparam("count", True), "int to bool": lambda: h.set_hparam("deep", 1),
    "list for one": lambda: h.set_hparam("count", [1]), "one for list": lambda: h.set_hparam("sizes", 1),
    "reserved": lambda: h.add_hparam("values", 1), "empty": lambda: h.add_hparam("more", []),
    "missing": lambda: h.nothing, "no such": lambda: h.set_hparam("nothing", 1), "default": lambda: h.get("sizes", 1),
    "default type": lambda: h.get("count", "x"),
}.items()):
    try:
        results["made " + name] = function()
    except Exception as error:
        results["error " + name] = [type(error).__name__, str(error).split("\n")[0]]

tf.set_random_seed(1)
v, w = tf.get_variable("v", [2]), tf.get_variable("w", [3, 2])
update = tf.assign_add(tf.get_variable("count", [], initializer=tf.zeros_initializer(), trainable=False), 1.0)
tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, update)
loss = tf.reduce_sum(tf.square(tf.nn.embedding_lookup(w, [0, 2]) * v - 1.0))
first = t.create_train_op(loss, tf.train.GradientDescentOptimizer(0.1), summarize_gradients=True,
                          transform_grads_fn=lambda pairs: t.clip_gradient_norms(t.multiply_gradients(pairs, {"v": 0.5, w: 2.0}), 0.7))
second = t.create_train_op(loss, tf.train.AdamOptimizer(0.1), global_step=None, variables_to_train=[v],
                           check_numerics=False, transform_grads_fn=t.clip_gradient_norms_fn(0.3))
results["names"] = [first.name, second.name, [x.name for x in tf.get_collection(tf.GraphKeys.TRAIN_OP)]]
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for train in (first, second, first):
        sess.run(train)
    results["trained"] = sess.run(tf.global_variables())
for name, function in sorted({
    "no folder": lambda: t.train(first, None), "no checkpoints": lambda: t.train(first, None, save_summaries_steps=None),
    "pairs": lambda: t.multiply_gradients((), {"v": 1.0}), "no multipliers": lambda: t.multiply_gradients([], {}),
    "no gradient": lambda: t.multiply_gradients([(None, v)], {"v": 1.0}),
}.items()):
    try:
        function()
    except Exception as error:
        results["error train " + name] = [type(error).__name__, str(error).split("\n")[0]]
