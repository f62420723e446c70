"""Where replica_device_setter puts operations: in turns, by load, merged with what is asked for; ClusterSpec."""

import minigraph as tf

results = {}
spec = tf.train.ClusterSpec({"ps": ["a:1", "b:2"], "worker": {1: "c:3", 3: "d:4"}})
results["cluster"] = [
    str(spec),
    repr(sorted(spec.as_dict().items())),
    sorted(spec.jobs),
    spec.num_tasks("worker"),
    spec.task_indices("worker"),
    repr(spec.job_tasks("worker")),
    spec.task_address("worker", 3),
    bool(spec),
    bool(tf.train.ClusterSpec({})),
    spec == tf.train.ClusterSpec(spec),
    spec == tf.train.ClusterSpec({"ps": ["a:1", "b:2"]}),
]
wrong = {
    "no job": lambda: spec.num_tasks("chief"),
    "no task": lambda: spec.task_address("worker", 0),
    "no list": lambda: tf.train.ClusterSpec({"ps": "a:1"}),
    "no dict": lambda: tf.train.ClusterSpec(["a:1"]),
    "strategy": lambda: tf.train.replica_device_setter(ps_tasks=1, ps_strategy=3),
}
for name, attempt in wrong.items():
    try:
        attempt()
    except Exception as error:
        results[name] = type(error).__name__ + ": " + str(error).splitlines()[0]


def model():
    a = tf.Variable(tf.zeros([4]), name="a")
    with tf.device("/cpu:0"):
        b = tf.get_variable("b", [2], initializer=tf.zeros_initializer())
    with tf.device("/job:other/task:5"):
        c = tf.Variable(1.0, name="c")
    with tf.device("/job:ps/task:7/gpu:1"):
        d = tf.get_variable("d", [2], use_resource=True)
    e = tf.Variable([1.0, 2.0, 3.0], name="e")
    total = a[0] + b[0] + c + d[0] + e[0]
    tf.train.AdamOptimizer(0.1).minimize(total, tf.train.get_or_create_global_step())


for name, setter in {
    "turns": tf.train.replica_device_setter(ps_tasks=2),
    "cluster": tf.train.replica_device_setter(cluster=spec, worker_device="/job:worker/task:3"),
    "device": tf.train.replica_device_setter(ps_tasks=3, ps_device="/job:ps/cpu:0", worker_device="/job:worker/gpu:0"),
    "no ps device": tf.train.replica_device_setter(ps_tasks=3, ps_device=""),
    "no worker device": tf.train.replica_device_setter(ps_tasks=3, worker_device=None),
    "replacing": tf.train.replica_device_setter(ps_tasks=2, merge_devices=False),
    "ops": tf.train.replica_device_setter(ps_tasks=2, ps_ops=["Const"]),
    "none": tf.train.replica_device_setter(cluster={"worker": ["c:3"]}),
}.items():
    with tf.Graph().as_default() as graph, tf.device(setter):
        model()
    results["devices: " + name] = [op.name + " " + op.device for op in graph.get_operations()]
