"""The course: checks for the exercises of the lessons in docs/lessons.

A lesson imports its own module, `from minigraph.course import fetches`, and calls a check with what the student
wrote. A check never raises: it returns a `Verdict` that says "Right" or what is wrong.
"""
