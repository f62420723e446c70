"""How fast and how large: ratios of MiniGraph to what a numpy programmer would write by hand.

    python -m tests.benchmarks                  a table
    python -m tests.benchmarks --only A,C       some of it
    python -m tests.benchmarks --json           for a program to read
    python -m tests.benchmarks --without all    an ablation: what each pass of the recorder buys

No test: a busy machine would make it fail. Whoever changes the runtime runs it before and after.
"""
