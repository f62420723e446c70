"""All of `tf.distributions`: samples by seed, densities, statistics, divergences, gradients."""
import numpy as np

import minigraph as tf

ds, results = tf.distributions, {}
p = [[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]]
MAKE = {
    "normal": lambda **o: ds.Normal([0.0, 1.0], [1.0, 2.5], **o), "normal wide": lambda **o: ds.Normal([[0.0], [1.0]], [1.0, 2.0, 3.0], **o),
    "uniform": lambda **o: ds.Uniform([0.0, -1.0], 2.0, **o), "laplace": lambda **o: ds.Laplace(1.0, [0.5, 2.0], **o),
    "gamma": lambda **o: ds.Gamma([0.5, 2.0], [1.0, 3.0], **o), "exponential": lambda **o: ds.Exponential([0.5, 4.0], **o),
    "beta": lambda **o: ds.Beta([0.5, 2.0], [1.0, 3.0], **o), "student": lambda **o: ds.StudentT([3.0, 5.0], 0.5, [1.0, 2.0], **o),
    "bernoulli": lambda **o: ds.Bernoulli(probs=[0.2, 0.7], **o), "bernoulli logits": lambda **o: ds.Bernoulli(logits=[0.2, -0.7], dtype=tf.float32, **o),
    "categorical": lambda **o: ds.Categorical(probs=p, **o), "categorical logits": lambda **o: ds.Categorical(logits=np.log(p).astype(np.float32), **o),
    "dirichlet": lambda **o: ds.Dirichlet([[1.0, 2.0, 3.0], [0.5, 0.6, 4.0]], **o),
    "dirichlet multinomial": lambda **o: ds.DirichletMultinomial(4.0, p, **o),
}
POINTS = {"bernoulli": [1, 0], "bernoulli logits": [1.0, 0.0], "categorical": [2, 0], "categorical logits": [2, 0],
          "uniform": [0.5, 1.0], "beta": [0.25, 0.5], "dirichlet": [[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]],
          "multinomial": [[2.0, 1.0, 1.0], [3.0, 0.0, 0.0]], "dirichlet multinomial": [[2.0, 1.0, 1.0], [3.0, 1.0, 0.0]],
          "normal wide": [0.3, 0.4, 1.5]}
FUNCTIONS = "prob log_prob cdf log_cdf survival_function log_survival_function quantile".split()
STATISTICS = "entropy mean mode variance stddev covariance".split()
LACKING = {  # what a distribution does not have
    "bernoulli": "cdf log_cdf survival_function log_survival_function quantile covariance", "beta": "quantile covariance",
    "categorical": "quantile mean variance stddev covariance", "exponential": "quantile covariance",
    "dirichlet": "cdf log_cdf survival_function log_survival_function quantile mode",
    "dirichlet multinomial": "cdf log_cdf survival_function log_survival_function quantile entropy mode",
    "gamma": "quantile covariance", "laplace": "quantile covariance", "normal": "covariance", "normal wide": "covariance",
    "multinomial": "cdf log_cdf survival_function log_survival_function quantile entropy mode",
    "student": "quantile covariance", "uniform": "quantile mode covariance"}
LACKING.update({"bernoulli logits": LACKING["bernoulli"], "categorical logits": LACKING["categorical"]})
for name in sorted(MAKE):
    with tf.Graph().as_default():
        tf.set_random_seed(12)
        d = MAKE[name](validate_args=False)
        label = name
        fetches = {}
        calls = [("sample", lambda: d.sample([4], seed=7)), ("one", lambda: d.sample()), ("grid", lambda: d.sample([2, 2]))] + [
            (f, lambda f=f: getattr(d, f)(tf.constant(POINTS.get(name, [0.5, 1.5]) if f != "quantile" else 0.25))) for f in FUNCTIONS]
        calls += [(f, getattr(d, f)) for f in STATISTICS] + [
            ("batch", d.batch_shape_tensor), ("event", d.event_shape_tensor), ("scalar event", d.is_scalar_event),
            ("scalar batch", d.is_scalar_batch)]
        for which, make in calls:
            if which not in LACKING.get(name, "").split():
                fetches[which] = make()
        results[label + " is"] = [
            str(d.batch_shape), str(d.event_shape), d.dtype.name, d.name, str(d.reparameterization_type),
            d.validate_args, d.allow_nan_stats, sorted(k for k in d.parameters), str(d)]
        results[label + " shapes"] = {which: str(t.shape) for which, t in fetches.items()}
        with tf.Session() as sess:
            results[label] = {which: sess.run(t) for which, t in fetches.items()}

with tf.Graph().as_default():
    tf.set_random_seed(3)
    mean, scale = tf.Variable([0.5, -0.5]), tf.Variable([1.0, 2.0])
    d = ds.Normal(mean, scale, name="q")
    draws = d.sample(5, seed=1)
    kl = ds.kl_divergence(d, ds.Normal(tf.zeros(2), tf.ones(2)))
    pairs = [(ds.Bernoulli(probs=0.3), ds.Bernoulli(logits=0.1)), (ds.Categorical(probs=p), ds.Categorical(logits=tf.zeros([2, 3]))),
             (ds.Gamma(2.0, 1.0), ds.Gamma(3.0, 0.5)), (ds.Beta(2.0, 1.0), ds.Beta(3.0, 0.5)),
             (ds.Dirichlet([1.0, 2.0]), ds.Dirichlet([3.0, 0.5])), (d, d.copy(loc=[1.0, 1.0]))]
    results["kl names"] = [kl.name, draws.name, d.log_prob(0.1).name]
    divergences = [kl] + [a.kl_divergence(b) for a, b in pairs] + [a.cross_entropy(b) for a, b in pairs]
    gamma = ds.Gamma(scale, 2.0).sample(3, seed=4)
    gradients = tf.gradients(tf.reduce_sum(draws) + tf.reduce_sum(kl) + tf.reduce_sum(tf.square(gamma)), [mean, scale])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        results["kl"] = sess.run([divergences, draws, gradients])
