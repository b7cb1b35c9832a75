"""A session in the whole application, to which people bring files."""

import pytest

from tests.doors import Doors
from tests.recordings.studio import Studio, open_studio


@pytest.fixture
async def studio(doors: Doors) -> Studio:
    return await open_studio(doors)
