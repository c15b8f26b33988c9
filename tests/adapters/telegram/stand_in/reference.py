"""Whether a request is one that Bot API 10.3 knows: its method, its parameters, those that must be there."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parents[5] / "shared" / "data" / "telegram-bot-api-10.3.json"


def is_present() -> bool:
    return path().exists()


def path() -> Path:
    return Path(os.environ.get("TELEGRAM_BOT_API_REFERENCE", _FILE))


@cache
def _methods() -> dict[str, Any]:
    if not is_present():
        return {}
    methods = json.loads(path().read_text(encoding="utf-8"))["methods"]
    return {name.lower(): {"name": name, **found} for name, found in methods.items()}


def objections(method: str, parameters: dict[str, Any]) -> list[str]:
    """What the reference has against this request; nothing where the file is not there."""
    if not _methods():
        return []
    known = _methods().get(method.lower())
    if known is None:
        return [f"there is no method {method}"]
    fields = {name: required for name, _, required, *_ in known["f"]}
    unknown = [f"{method} has no parameter {name}" for name in parameters if name not in fields]
    lacking = [
        f"{method} needs {name}" for name, needed in fields.items() if needed and name not in parameters
    ]
    return unknown + lacking
