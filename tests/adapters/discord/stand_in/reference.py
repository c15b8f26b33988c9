"""Requests held against Discord's own OpenAPI document, where that file lies beside this project."""

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(
    os.environ.get("DISCORD_OPENAPI")
    or Path(__file__).parents[5] / "shared" / "data" / "discord-openapi-v10.json"
)
KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "number": (int, float),
    "null": type(None),
}


def there() -> bool:
    return _FILE.exists()


def objections(method: str, path: str, body: Any) -> Iterator[str]:
    """What the document has against this request; nothing if it is not there."""
    if not there():
        return
    found = _operation(method.lower(), path)
    if found is None:
        yield f"{method} {path} is not in the document"
        return
    schema = found.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if schema is not None and body is not None:
        yield from (f"{method} {path}: {one}" for one in _against(schema, body, "$"))


def _operation(method: str, path: str) -> dict[str, Any] | None:
    fitting = [
        found[method]
        for template, found in _document()["paths"].items()
        if method in found
        and re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path)
        and template.count("/") == path.count("/")
    ]
    exact = [found for found in fitting if "requestBody" in found]
    return next(iter(exact or fitting), None)


def _against(schema: dict[str, Any], value: Any, at: str) -> list[str]:
    if "$ref" in schema:
        return _against(_document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]], value, at)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            tried = [_against(one, value, at) for one in schema[word]]
            return [] if any(not one for one in tried) else min(tried, key=len)
    found = [problem for one in schema.get("allOf", []) for problem in _against(one, value, at)]
    if type(value) is int and "pattern" in schema:
        value = str(value)  # discord.py sends some ids as numbers, and Discord takes them
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(kind, value) for kind in kinds):
        return [*found, f"{at} is no {' or '.join(kinds)}"]
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        found.append(f"{at} is {value!r}")
    return [*found, *_sizes(schema, value, at), *_inside(schema, value, at)]


def _is(kind: str, value: Any) -> bool:
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, KINDS[kind])


def _sizes(schema: dict[str, Any], value: Any, at: str) -> Iterator[str]:
    if isinstance(value, str | list):
        longest = schema.get("maxLength" if isinstance(value, str) else "maxItems")
        shortest = schema.get("minLength" if isinstance(value, str) else "minItems")
        if (longest is not None and len(value) > longest) or (shortest is not None and len(value) < shortest):
            yield f"{at} has length {len(value)}"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at} does not match"


def _inside(schema: dict[str, Any], value: Any, at: str) -> Iterator[str]:
    if isinstance(value, list) and "items" in schema:
        for number, one in enumerate(value):
            yield from _against(schema["items"], one, f"{at}[{number}]")
    if isinstance(value, dict):
        for name in schema.get("required", []):
            if name not in value:
                yield f"{at}.{name} is missing"
        for name, one in schema.get("properties", {}).items():
            if name in value:
                yield from _against(one, value[name], f"{at}.{name}")


@cache
def _document() -> dict[str, Any]:
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))
