"""Versions in HTTP."""

import pytest

from parley.ground.faults import Invalid, VersionRequired
from parley.ground.versions import etag, version_named


@pytest.mark.parametrize("written", ['"3"', "3", 'W/"3"', ' "3" '])
def test_a_version_is_named_as_it_was_answered(written: str) -> None:
    assert version_named(written) == 3
    assert version_named(etag(3)["ETag"]) == 3


@pytest.mark.parametrize("written", [None, "*", " * "])
def test_a_change_that_names_no_version_is_asked_to(written: str | None) -> None:
    with pytest.raises(VersionRequired):
        version_named(written)


@pytest.mark.parametrize("written", ["", '""', "abc", "0", "-1", '"3", "4"', "9" * 30, "\u0663"])
def test_what_is_no_version_is_refused(written: str) -> None:
    with pytest.raises(Invalid):
        version_named(written)
