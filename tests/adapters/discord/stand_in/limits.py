"""Discord's documented limits, which its OpenAPI document does not express: an objection for each breach."""

import re
from collections.abc import Iterator
from typing import Any

_NAME = re.compile(r"[-_'\w]{1,32}")


def message(data: dict[str, Any]) -> Iterator[str]:
    if len(data.get("content") or "") > 2000:
        yield f"content of {len(data['content'])} characters"
    mentions = data.get("allowed_mentions")
    if (data.get("content") or "") and (mentions is None or mentions.get("parse") != []):
        yield "a message that can ping somebody"
    if len(str(data.get("nonce", ""))) > 25:
        yield "nonce longer than 25"
    yield from components(data.get("components") or [])


def components(rows: list[dict[str, Any]]) -> Iterator[str]:
    if len(rows) > 5:
        yield f"{len(rows)} rows"
    ids = [one["custom_id"] for row in rows for one in row.get("components", []) if "custom_id" in one]
    if len(ids) != len(set(ids)):
        yield "the same custom_id twice"
    for row in rows:
        if not 1 <= len(row.get("components", [])) <= 5:
            yield f"{len(row.get('components', []))} buttons in a row"
        for one in row.get("components", []):
            if not 1 <= len(one.get("label") or "") <= 80:
                yield "label length"
            if len(one.get("custom_id", "")) > 100 or len(one.get("url") or "") > 512:
                yield "custom_id or url too long"


def modal(data: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(data["title"]) <= 45 or not 1 <= len(data["custom_id"]) <= 100:
        yield "title or custom_id of a form"
    if not 1 <= len(data["components"]) <= 5:
        yield f"{len(data['components'])} things in a form"
    for top in data["components"]:
        if top["type"] == 10:
            if not 1 <= len(top["content"]) <= 4000:
                yield "note of a form"
            continue
        if not 1 <= len(top["label"]) <= 45 or len(top.get("description") or "") > 100:
            yield "label of a form"
        inner = top["component"]
        if not 1 <= inner.get("max_length", 4000) <= 4000 or len(inner.get("value") or "") > 4000:
            yield "field of a form"


def commands(found: list[dict[str, Any]]) -> Iterator[str]:
    for kind, most in ((1, 100), (3, 15)):
        if sum(one["type"] == kind for one in found) > most:
            yield "too many commands"
    for one in found:
        if one["type"] == 1 and (not _NAME.fullmatch(one["name"]) or one["name"] != one["name"].lower()):
            yield f"command name {one['name']!r}"
        if one["type"] == 1 and not 1 <= len(one["description"]) <= 100:
            yield f"description of {one['name']}"
        for name in (one.get("name_localizations") or {}).values():
            if one["type"] == 1 and (not _NAME.fullmatch(name) or name != name.lower()):
                yield f"command name {name!r}"
            if not 1 <= len(name) <= 32:
                yield f"length of the name {name!r}"
        for option in one.get("options", []):
            if not _NAME.fullmatch(option["name"]) or not 1 <= len(option["description"]) <= 100:
                yield f"option of {one['name']}"
