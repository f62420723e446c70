"""Every learning rate decay in both precisions."""

import minigraph as tf

results = {}
for dt in (tf.float32, tf.float64):
    st = tf.Variable(0, name="st", dtype=tf.int64 if dt == tf.float64 else tf.int32)
    lr = tf.constant(0.1, dt)
    T = tf.train
    lrl = tf.constant(0.1)
    ds = dict(
        e=T.exponential_decay(lr, st, 3, 0.96),
        es=T.exponential_decay(lr, st, 3, 0.96, staircase=True, name="E"),
        p=T.polynomial_decay(lr, st, 10, 0.001, 0.5),
        pc=T.polynomial_decay(0.1, 7, 5, cycle=True),
        p2=T.polynomial_decay(lr, st, 10, 0.0, power=2.0, name="pp"),
        n=T.natural_exp_decay(lr, st, 3, 0.5),
        ns=T.natural_exp_decay(lr, st, 3, 0.5, True),
        i=T.inverse_time_decay(lr, st, 3, 0.5),
        iss=T.inverse_time_decay(lr, st, 3, 0.5, True),
        c=T.cosine_decay(0.1, st, 7),
        ca=T.cosine_decay(0.1, st, 7, alpha=0.1),
        l=T.linear_cosine_decay(lrl, st, 7, alpha=0.1, beta=1e-4, num_periods=5) if dt == tf.float32 else 0,
    )
    if dt == tf.float64:
        ds.pop("l")
    with tf.Session() as s:
        s.run(st.initializer)
        for k in range(9):
            results["%s%d" % (dt.name, k)] = s.run(ds)
            s.run(st.assign_add(1))
    results["names" + dt.name] = {k: str(v) for k, v in ds.items()}
x = tf.placeholder(tf.float64, [])
with tf.Session() as s:
    results["fl"] = s.run(tf.train.exponential_decay(1.0, 5, 10, 0.5)), s.run(
        tf.train.polynomial_decay(tf.constant(1.0, tf.float64), x, 5), {x: 2.5}
    )
