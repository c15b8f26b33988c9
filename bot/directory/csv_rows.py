"""Entries as CSV, one a line: lists with ";" between, a route as "phone|116 123|hours=day and night"."""

import csv
import io
from collections.abc import Mapping, Sequence

from bot.directory.problem import BadEntries, Problem
from bot.directory.rows import FIELDS, LISTS, Row, Words

_BETWEEN = "; "


def read(text: str) -> list[Row]:
    """The rows below the line of names. BadEntries if it cannot be read."""
    first, *_ = text.split("\n", 1)
    between = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    rows: list[Row] = []
    try:
        names = [name.strip().casefold().replace(" ", "_") for name in next(reader, [])]
        if len(set(names)) < len(names):
            raise BadEntries([Problem(reason="field-twice", value=_twice(names), line=1)])
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_row(line, names, cells))
            line = reader.line_num + 1
    except csv.Error:
        raise BadEntries([Problem(reason="not-csv", line=reader.line_num)]) from None
    return rows


def write(rows: Sequence[Mapping[str, Words]]) -> str:
    """The CSV of these rows."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, FIELDS)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(name, value) for name, value in row.items()})
    return out.getvalue()


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(names):
        raise BadEntries([Problem(reason="too-many-cells", value=str(len(cells)), line=line)])
    values: dict[str, Words] = dict(zip(names, cells, strict=False))
    routes = values.get("routes")
    if isinstance(routes, str):
        values["routes"] = [_route(part, line) for part in routes.split(";") if part.strip()]
    return Row(line=line, values=values, lines=dict.fromkeys(names, line))


def _route(text: str, line: int) -> dict[str, str]:
    kind, _, rest = text.strip().partition("|")
    to, *details = rest.split("|")
    route = {"kind": kind.strip(), "to": to.strip()}
    for detail in details:
        name, equals, value = detail.partition("=")
        if not equals:
            raise BadEntries([Problem(reason="unreadable", value=text.strip(), line=line, field="routes")])
        route[name.strip()] = value.strip()
    return route


def _cell(name: str, value: Words) -> str:
    if isinstance(value, str):
        return value
    if name in LISTS:
        return _BETWEEN.join(str(each) for each in value)
    return _BETWEEN.join(_route_cell(each) for each in value if isinstance(each, dict))


def _route_cell(route: Mapping[str, str]) -> str:
    details = [f"{name}={value}" for name, value in route.items() if name not in ("kind", "to")]
    return "|".join((route["kind"], route["to"], *details))


def _twice(names: Sequence[str]) -> str:
    return next(name for name in names if names.count(name) > 1)
