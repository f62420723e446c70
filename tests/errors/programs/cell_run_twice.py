"""A notebook cell that ran twice

Cause: the graph outlives the cell: the variable that the first run made is still there.
Fix: begin the cell with `tf.reset_default_graph()`.
"""
import minigraph as tf  # noqa: F401  (the cell uses it)

cell = """
with tf.variable_scope("model"):
    weights = tf.get_variable("weights", [3])
"""
for turn in range(2):       # the notebook's user, twice
    exec(compile(cell, "In[3]", "exec"))
