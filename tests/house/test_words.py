"""No file names the machine it was written on, a package registry, or work that is put off."""

import re

from tests.house.tree import name_of, texts

# The brackets keep this file from finding itself.
NEVER = (
    r"(py[p]i|pythonhoste[d]|npm[j]s)\.(org|com|net)",
    r"--(extra-)?inde[x]-url|--fin[d]-links|/simpl[e]/",
    r"(?<![\w.}/])/(roo[t]|wor[k]|hom[e]/\w+|User[s]/\w+)/|file:///op[t]",
    r"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|NotImplemente[d]Error|[i]n a real (world|application)",
)


def test_every_file_stands_for_itself() -> None:
    found = {name_of(path): [re.search(pattern, path.read_text()) for pattern in NEVER] for path in texts()}
    assert {
        name: [match.group() for match in matches if match] for name, matches in found.items() if any(matches)
    } == {}
