"""The runtime's thresholds, each with its reason and the row of `python -m tests.benchmarks` that shows its effect.

Modules read them as `tuning.NAME` when they need them, so that a test or an experiment can set another value.
"""

from __future__ import annotations

# Caches of a session

# Plans of a session; the oldest is dropped, so that a growing graph does not fill the memory. Row I (held).
MOST_PLANS = 256
# Shapes of the feeds for which a plan is recorded, for each choice of switches; the oldest goes. Row I (held).
MOST_SHAPES = 8
# Fed booleans that choose branches: each doubles the number of recorded runs. Row F (second run) tells what one costs.
MOST_SWITCHES = 2

# Recording

# Elements of a constant that is kept rather than computed in each run: beyond, it costs more memory than time. Row I.
LARGEST_CONSTANT = 1 << 20
# Elements of one that is only assigned: an initial value is for one run, as a rule. Row I.
LARGEST_ASSIGNED = 1 << 12
# Operations of function bodies in a recorded run: recording a longer loop costs more than it saves. Row F (second run).
MOST_STEPS = 1 << 12
# Elements of a value that is computed for the sake of a shape: shapes are short. Row F (second run).
LARGEST_SHAPE = 1 << 12
# Elements on which an update that goes element by element is recorded: enough for numpy to see an array, and so few
# that the second run does not compute Adam twice. Row C.
PIECE = 3

# Simplifying

# Bytes of a result that is kept for a second use; above, computing it again is cheaper than the memory. Row I (E).
LARGEST_KEPT = 1 << 25
# Elements up to which constants are compared by their numbers; larger ones are equal only as one object. Row F
# (second run).
SMALL_CONSTANT = 64

# Memory

# Elements that an elementwise call goes through at a time: some arrays of that size fit beside each other into a core's
# caches. 2^12 to 2^16 were tried. Rows C and E.
BLOCK = 1 << 15
# Bytes of a cache line, at which every buffer begins. Rows B to F.
ALIGNMENT = 64
# A buffer serves a value again if it is at most so many times as large, and so many bytes larger. Row I.
WASTED_FACTOR, WASTED_BYTES = 2, 256
# Bytes from which a local array is let go after its last use: below, the line costs more than the memory. Rows B and I.
FREED = 1 << 12

# Emitting

# Bytes of a product with a single number that is skipped where the number is one: a smaller product takes no longer
# than the look at the number. Row C (clipping).
SKIPPED = 1 << 14

# Compiled loops (the extra `speed`)

# Columns of rows that a loop goes through one by one: with fewer, the inner loop is all overhead. Rows B and C.
FEWEST_COLUMNS = 8
# Calls, or elements, from which a compiled loop is faster than numpy's calls one by one. Row C (with `speed`).
FEWEST_CALLS, ENOUGH_ELEMENTS = 6, 1 << 13

# Reports and signals: a person's measure, no benchmark's

# Elements of a large array that a trace keeps beside its statistics.
FIRST_ELEMENTS = 6
# Steps that a printed trace shows.
MOST_LINES = 40
# Calls of function bodies that a trace keeps of one step, and steps in them of all: a loop may take millions.
MOST_TURNS, MOST_INSIDE = 24, 4000
# Steps in function bodies that a printed trace shows of one step.
MOST_INNER_LINES = 12
# Seconds: one Ctrl-C may come as two signals, by way of the terminal and of a parent.
AGAIN = 0.1
