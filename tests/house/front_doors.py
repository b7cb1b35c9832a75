"""A contract for import-linter: a package is entered by what its `__init__` exports, and by nothing else.

Its own `protected` contract cannot say this. A verb has the name of its module (`people/add_user.py` holds `add_user`):
`from parley.people import add_user`, which is the front door, looks to it like an import of the module behind.
"""

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FrontDoors(Contract):
    """Nothing imports from behind the doors of `packages`, but that `routes_for` takes the routes from each `api`."""

    type_name = "front_doors"

    packages = fields.ListField(subfield=fields.StringField())
    routes_for = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 (import-linter's own)
        packages: Any = self.packages
        broken = [line for package in packages for line in self._past_the_door(graph, package)]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(line)

    def _past_the_door(self, graph: ImportGraph, package: str) -> Iterator[str]:
        exported = exports(package)
        for module in sorted(graph.find_descendants(package)):
            for importer in sorted(graph.find_modules_that_directly_import(module)):
                for found in graph.get_import_details(importer=importer, imported=module):
                    by_the_door = found["line_contents"].startswith(f"from {package} import") and (
                        module.removeprefix(f"{package}.") in exported
                    )
                    if not (by_the_door or is_within(importer, package) or self._is_for_routes(importer, module)):
                        yield f"{importer} (l.{found['line_number']}) imports {module} past the door of {package}"

    def _is_for_routes(self, importer: str, module: str) -> bool:
        return module.endswith(".api") and is_within(importer, str(self.routes_for))


def is_within(module: str, package: str) -> bool:
    """Tell whether the module is the package, or in it."""
    return f"{module}.".startswith(f"{package}.")


def exports(package: str) -> set[str]:
    """Return the names in the package's `__all__`, without running it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    for node in ast.parse(Path(spec.origin).read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()
