"""When a hook acts: after so many steps or seconds."""

from __future__ import annotations

import time

__all__ = ["NeverTriggerTimer", "SecondOrStepTimer"]


class SecondOrStepTimer:
    """A timer that triggers at the first step, and then after so many steps, or so many seconds.

    Args:
        every_secs: the seconds, or None.
        every_steps: the number of steps, or None.

    Raises:
        ValueError: unless exactly one is given.

    Example:
        >>> timer = tf.train.SecondOrStepTimer(every_steps=10)
        >>> timer.should_trigger_for_step(3)
        True
        >>> timer.update_last_triggered_step(3)
        (None, None)
        >>> timer.should_trigger_for_step(12), timer.should_trigger_for_step(13)
        (False, True)
    """

    def __init__(self, every_secs: float | None = None, every_steps: int | None = None):
        if every_secs is None and every_steps is None:
            raise ValueError("Either every_secs or every_steps should be provided.")
        if every_secs is not None and every_steps is not None:
            raise ValueError("Can not provide both every_secs and every_steps.")
        self._every_secs, self._every_steps = every_secs, every_steps
        self.reset()

    def reset(self) -> None:
        """Forget when it has triggered."""
        self._last: tuple[int, float] | None = None

    def should_trigger_for_step(self, step: int) -> bool:
        """Return True if enough steps or seconds have gone by since it last triggered, at another step."""
        if self._last is None:
            return True
        last_step, last_time = self._last
        if step == last_step:
            return False
        if self._every_secs is not None:
            return time.time() >= last_time + self._every_secs
        return step >= last_step + (self._every_steps or 0)

    def update_last_triggered_step(self, step: int) -> tuple:
        """Remember that it triggers at a step; return the seconds and the steps since the last time, or two None."""
        now, last = time.time(), self._last
        self._last = step, now
        return (None, None) if last is None else (now - last[1], step - last[0])

    def last_triggered_step(self) -> int | None:
        """Return the step at which it last triggered, or None."""
        return None if self._last is None else self._last[0]


class NeverTriggerTimer(SecondOrStepTimer):
    """A timer that never triggers, for what happens at the end only."""

    def __init__(self) -> None:
        super().__init__(every_steps=1)

    def should_trigger_for_step(self, step: int) -> bool:
        """Return False."""
        return False

    def update_last_triggered_step(self, step: int) -> tuple:
        """Return two None."""
        return None, None
