"""The language of docstrings and documentation, as far as a machine can hold it; docs/contributing.md has the rest.

That functions begin with an imperative verb is mostly ruff's D401. What it does not see is here: verbs that it does not know,
questions, and phrases for which the field has a better word.
"""

import ast
import pathlib
import re

import pytest

import minigraph

PACKAGE = pathlib.Path(minigraph.__file__).resolve().parent
ROOT = PACKAGE.parent
DOCUMENTS = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CHANGES.md"]
DOCUMENTS = [path for path in DOCUMENTS if path.name != "contributing.md"]  # it quotes the bad examples

QUESTION_WORDS = {
    "What",
    "Which",
    "Who",
    "Whose",
    "How",
    "Why",
    "Where",
    "Is",
    "Are",
    "Was",
    "Were",
    "Does",
    "Has",
    "Have",
    "Can",
    "Must",
    "May",
}
THIRD_PERSON = set(
    "Adds Applies Asks Binds Builds Calls Casts Changes Checks Compiles Computes Converts Counts Differentiates Does "
    "Draws Finds Gathers Gets Gives Goes Holds Keeps Lets Lifts Lints Looks Makes Maps Marks Moves Notes Packs Puts "
    "Raises Reads Refuses Registers Remembers Repeats Returns Runs Says Sets Shows Sums Takes Tells Turns Wants Weighs "
    "Works Wraps Writes Yields".split()
)
NOUNS_TOO = set(
    "Calls Casts Checks Counts Draws Looks Maps Marks Moves Notes Reads Returns Runs Sets Shows Sums Turns Works".split()
)
PHRASES = {  # what to search for: what to write
    r"\bthe own (program|line|code|function)": "user code, the user's line",
    r"\b(come|comes|coming|go|goes) (nearer|farther)\b": "zoom in, zoom out",
    r"\ball of the graph\b": "fit; the whole graph",
    r"\b[Nn]othing of (that|this) name\b": "no such name",
    r"\bGives the\b": "an imperative: Return, Build, Compute",
    r"\btells? all of it\b": "See …",
    r"\bwhich else\b": "or; when not",
    r"\ba number of its own\b": "a unique id; its own count",
    r"\btaken? for nothing\b": "dead",
    r"\bkept out of the way\b": "pause",
}


def faults_of_text(text: str) -> list:
    """Return what is wrong with the wording of a text, each with the better words."""
    text = " ".join(text.split())
    found = [(match.group(0), better) for bad, better in PHRASES.items() if (match := re.search(bad, text))]
    return [f'"{phrase}": write {better}' for phrase, better in found]


def faults_of_docstring(text: str, is_function: bool) -> list:
    """Return what is wrong with a docstring; that of a module, class or property may be a noun phrase."""
    first = " ".join(text.split("\n\n")[0].split())
    word = first.split()[0].rstrip(",.:")
    found = faults_of_text(text)
    if first.endswith("?"):
        found.append('a question: say "Return True if …"')
    elif word in THIRD_PERSON and (is_function or word not in NOUNS_TOO):
        found.append(f'"{word}": write the imperative')
    elif is_function and word in QUESTION_WORDS:
        found.append(f'"{word}": begin with an imperative verb and name the thing')
    return found


def docstrings(source: str):
    """Yield (line, docstring, whether it is that of a function which is not a property) for a module's text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and (text := ast.get_docstring(node)):
            attribute = any("property" in ast.unparse(each) for each in getattr(node, "decorator_list", ()))
            yield getattr(node, "lineno", 1), text, isinstance(node, ast.FunctionDef) and not attribute


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_docstrings_are_natural_english(path):
    found = [
        f"{path.relative_to(ROOT)}:{line}: {fault}"
        for line, text, is_function in docstrings(path.read_text())
        for fault in faults_of_docstring(text, is_function)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_are_natural_english(path):
    assert faults_of_text(path.read_text()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Gives the rows of a table.",
        "Makes a tensor.",
        "Does nobody but the cells hold\ntheir arrays?",
        "The rows?",
        "Return a frame of\nthe own program.",
        "Return None where there is nothing of that name.",
        "A placeholder which else has the value of `input`.",
        "Return one.\n\nIt has a number of its own.",
    ],
)
def test_the_check_finds_bad_language(text):
    assert faults_of_docstring(text, is_function=False)


@pytest.mark.parametrize("text", ["What a run needs.", "How many rows there are.", "Which rows are taken."])
def test_a_function_begins_with_a_verb(text):
    assert faults_of_docstring(text, is_function=True) and not faults_of_docstring(text, is_function=False)


def test_the_check_knows_functions_from_properties():
    source = '''
class Rows:
    """Rows."""

    @property
    def first(self):
        """The first row."""

    def last(self):
        """Gives the last row."""
'''
    assert [(text, is_function) for _, text, is_function in docstrings(source)] == [
        ("Rows.", False),
        ("The first row.", False),
        ("Gives the last row.", True),
    ]


@pytest.mark.parametrize("text", ["Return the rows.", "Sum the rows of a table.", "Return True if both fit."])
def test_the_check_lets_good_language_pass(text):
    assert faults_of_docstring(text, is_function=True) == []
