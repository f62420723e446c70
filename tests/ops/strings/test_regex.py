"""Regular expressions: what RE2 and Python write differently. The results were recorded from TensorFlow 1.15."""

import pytest

import minigraph as tf


@pytest.fixture
def sess():
    with tf.Session() as session:
        yield session


RECORDED = [  # expression, rewrite, text, result
    (r"x*", "-", "abc", "-a-b-c-"),
    (r"x*", "-", "axb", "-a-b-"),
    (r"b|b*", "-", "abb", "-a--"),
    (r"(a)(b)?", r"<\2\1>", "aba", "<ba><a>"),
    (r"[[:upper:]]+", "U", "abCDe", "abUe"),
    (r"[^[:space:]]+", "w", "a b\tc", "w w\tw"),
    (r"a$", "!", "a\n", "a\n"),
    (r"\d", "#", "1\u0663", "#\u0663"),
    (r"\Qa.b\E", "q", "a.b aab", "q aab"),
    (r"(?i)abc", "x", "aBc", "x"),
    (r"[$a]", "d", "a$", "dd"),
    (r"\.", r"\\", "a.b", "a\\b"),
    (r".", "_", "\u00e4b", "__"),
    (r"a\z", "z", "aa", "az"),
    (r"a{2,3}?", "r", "aaaa", "rr"),
    (r"[]a]", "b", "a]c", "bbc"),
]


@pytest.mark.parametrize("pattern, rewrite, text, expected", RECORDED)
def test_replacements(sess, pattern, rewrite, text, expected):
    for found in (
        tf.regex_replace(text, pattern, rewrite),
        tf.regex_replace(text, tf.constant(pattern), tf.constant(rewrite)),
    ):
        assert sess.run(found).decode() == expected


REFUSED = ["(?=a)", "(?<!a)b", r"(a)\1", "a(", "[a", "*a"]


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_is_refused(sess, pattern):
    with pytest.raises(tf.errors.InvalidArgumentError, match="^Invalid pattern: "):
        sess.run(tf.strings.regex_full_match("a", pattern))


def test_a_group_that_is_not_there(sess):
    with pytest.raises(tf.errors.InvalidArgumentError):
        sess.run(tf.regex_replace("a", "(a)", r"\2"))
