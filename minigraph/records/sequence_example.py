"""`tf.train.SequenceExample` and its parts: an example with lists of features, one for each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from minigraph.checkpoints.wire import message
from minigraph.records.example import Feature, Features, Message, NamedMessages, block

__all__ = ["FeatureList", "FeatureLists", "SequenceExample"]


class FeatureList(Message):
    """Features of one kind, one for each step.

    Args:
        feature: a list of them.
    """

    names = ("feature",)

    def __init__(self, **given: Any):
        self.feature: list[Feature] = []
        super().__init__(**given)

    def add(self) -> Feature:
        """Add an empty feature and return it."""
        self.feature.append(Feature())
        return self.feature[-1]

    def _set(self, name: str, value: Iterable) -> None:
        for each in value:
            self.add().CopyFrom(each)

    def _merge(self, number: int, value: Any) -> None:
        if number == 1:
            self.add().ParseFromString(value)

    def SerializeToString(self, deterministic: bool | None = None) -> bytes:
        """Return the message as bytes."""
        return message(*[(1, each.SerializeToString()) for each in self.feature])

    def _lines(self) -> Iterator[str]:
        for each in self.feature:
            yield from block("feature", each)


class FeatureLists(NamedMessages):
    """Lists of features by name.

    Args:
        feature_list: a dict of them.
    """

    names = ("feature_list",)
    kind = FeatureList
    feature_list: dict[str, FeatureList]


class SequenceExample(Message):
    """Features, and lists of features for each step, as one record of a file.

    Args:
        context: a `Features`.
        feature_lists: a `FeatureLists`.

    Example:
        >>> word = tf.train.Feature(int64_list=tf.train.Int64List(value=[7]))
        >>> words = tf.train.FeatureLists(feature_list={"words": tf.train.FeatureList(feature=[word, word])})
        >>> text = tf.train.SequenceExample(feature_lists=words).SerializeToString()
        >>> len(tf.train.SequenceExample.FromString(text).feature_lists.feature_list["words"].feature)
        2
    """

    names = ("context", "feature_lists")

    def __init__(self, **given: Any):
        self.context, self.feature_lists = Features(), FeatureLists()
        super().__init__(**given)

    def _set(self, name: str, value: Any) -> None:
        getattr(self, name).CopyFrom(value)

    def _merge(self, number: int, value: Any) -> None:
        if 1 <= number <= 2:
            getattr(self, self.names[number - 1]).MergeFromString(value)

    def _there(self) -> list[tuple[int, str, Any]]:
        """Return the fields that are not empty, with their numbers."""
        parts = (self.context, self.context.feature), (self.feature_lists, self.feature_lists.feature_list)
        return [(i + 1, self.names[i], part) for i, (part, inside) in enumerate(parts) if inside]

    def SerializeToString(self, deterministic: bool | None = None) -> bytes:
        """Return the message as bytes."""
        return message(*[(number, part.SerializeToString(deterministic)) for number, _, part in self._there()])

    def _lines(self) -> Iterator[str]:
        for _, name, part in self._there():
            yield from block(name, part)

    def __eq__(self, other: Any) -> bool:
        return type(other) is type(self) and (self.context, self.feature_lists) == (other.context, other.feature_lists)
