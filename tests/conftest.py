"""What every test may ask for: an open store on SQLite and on PostgreSQL, and a clock."""

import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parley.ground.db import Store, migrate, open_store
from parley.settings import Settings
from tests.clock import SettableClock
from tests.memory import folder_in_memory
from tests.postgres import Cluster, running_cluster
from tests.server import Server, serving

if TYPE_CHECKING:
    from tests.doors import Doors

# What the developer's shell says about Parley or about proxies must not reach the tests, nor the servers they start.
for name in [name for name in os.environ if name.startswith("PARLEY_") or name.lower().endswith("_proxy")]:
    del os.environ[name]


def pytest_collection_finish() -> None:
    """What is loaded by now stays: searching it for garbage again and again is a sixth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> SettableClock:
    """The time: Monday, 2 March 2026, 9:00 UTC, until the test moves it."""
    return SettableClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Both databases in turn: whoever asks for a database is run on each."""
    return str(request.param)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A store, open, on a migrated database of this test's own."""
    async with open_store(database_url) as store:
        yield store


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """What a fresh server would be set to, with everything in folders of this test's own."""
    return Settings(data=tmp_path / "var", database=database_url)


@pytest.fixture
async def doors(settings: Settings, clock: SettableClock) -> AsyncIterator["Doors"]:
    """The whole application in this process, and the people who call it."""
    from tests.doors import open_doors  # noqa: PLC0415 (tests of one slice need not load the whole application)

    async with open_doors(settings, clock) as doors:
        yield doors


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """Parley in a process of its own, answering; with no account yet."""
    with serving(tmp_path, database=database_url) as server:
        yield server


@pytest.fixture
def database_url(dialect: str, request: pytest.FixtureRequest) -> str:
    """The URL of a migrated database of this test's own, with nothing in it."""
    return str(request.getfixturevalue(f"migrated_{dialect}"))


@pytest.fixture
def empty_database_url(dialect: str, request: pytest.FixtureRequest) -> str:
    """The URL of a database that was never migrated."""
    return str(request.getfixturevalue(f"empty_{dialect}"))


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def migrated_sqlite(sqlite_template: Path) -> Iterator[str]:
    with folder_in_memory() as folder:
        yield f"sqlite:///{shutil.copy(sqlite_template, folder / 'parley.db')}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied; made once."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this worker's own, started when the first test asks for it."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgresql_template(cluster: Cluster) -> str:
    """The name of a migrated database, to be copied; made once."""
    name = cluster.create()
    migrate(cluster.url(name))
    return name


@pytest.fixture
def empty_postgresql(cluster: Cluster) -> Iterator[str]:
    name = cluster.create()
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture
def migrated_postgresql(cluster: Cluster, postgresql_template: str) -> Iterator[str]:
    name = cluster.create(template=postgresql_template)
    yield cluster.url(name)
    cluster.drop(name)
