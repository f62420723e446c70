"""Control flow: groups, conditionals, loops, assertions."""
