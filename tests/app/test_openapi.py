"""The API's description: complete, closed, and true."""

from tests.doors import Doors


async def test_the_description_is_openapi_with_our_errors_and_scopes(doors: Doors) -> None:
    described = (await doors.client().get("/api/v1/openapi.json")).json()
    assert described["openapi"].startswith("3.1")
    create = described["paths"]["/api/v1/meetings"]["post"]
    assert create["security"] == [{"token": ["meetings:write"]}]
    assert create["responses"]["default"]["content"] == {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    }
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


async def test_only_the_api_is_described_and_every_route_of_it_says_what_it_does(doors: Doors) -> None:
    described = (await doors.client().get("/api/v1/openapi.json")).json()
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    for path, item in described["paths"].items():
        for method, operation in item.items():
            assert operation.get("description") or operation.get("summary"), f"{method} {path} says nothing"


async def test_objects_that_are_sent_are_closed(doors: Doors) -> None:
    schemas = (await doors.client().get("/api/v1/openapi.json")).json()["components"]["schemas"]
    for name, schema in schemas.items():
        if schema.get("type") == "object" and name != "Problem":
            assert schema.get("additionalProperties") is not None, name
