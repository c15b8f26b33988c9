"""The kinds of value that settings have, each with the sentence for one that does not fit."""

import os
import re
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

SQLITE = re.compile(r"(?P<scheme>sqlite(?:\+aiosqlite)?:///)(?P<file>[^?]+)(?P<rest>(?:\?.*)?)")


def _database_url(url: str) -> str:
    sqlite = SQLITE.fullmatch(url)
    if sqlite and sqlite["file"] != ":memory:":
        return url
    if re.fullmatch(r"postgresql(\+\w+)?://.+", url):
        return url
    raise ValueError("must be sqlite:///FILE or postgresql://NAME@HOST/DATABASE. Write one of these.")


def _web_address(url: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", url):
        raise ValueError("must be a web address. Begin it with https://")
    return url.rstrip("/")


def _time(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError("must be a time of day. Write hours and minutes, such as 21:00.")
    return text


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is not a known time zone. Write region and city, such as Europe/London.")
    return name


COUNTRIES = (  # as the starter directory has them
    "england", "scotland", "wales", "northern_ireland", "uk", "ireland", "us", "canada", "australia",
    "new_zealand", "india", "elsewhere",
)  # fmt: skip


def _country(code: str) -> str:
    if code and code not in COUNTRIES:
        raise ValueError(f"must be one of {', '.join(COUNTRIES)}. Or leave it empty.")
    return code


def _language(code: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}([-_][A-Za-z]{2,8})*", code):
        raise ValueError("must be the short name of a language, such as en. Write it in small letters.")
    return code


def _secret(text: Any) -> Any:
    if isinstance(text, str) and not re.fullmatch(r"[!-~]+", text):
        raise ValueError("must be one word without spaces. Copy it again.")
    return text


def _long_enough(key: SecretStr) -> SecretStr:
    if len(key.get_secret_value()) < 32:
        raise ValueError("is too short. Use at least 32 characters, or make one with: common-ground init")
    return key


def _flag(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in ("true", "false", "yes", "no"):
        return value.lower() in ("true", "yes")
    if not isinstance(value, bool):
        raise ValueError("must be true or false.")
    return value


def _number(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("must be a whole number. Write it in digits, without quotes.")
    return value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _split(value: Any) -> Any:
    return value.split(os.pathsep) if isinstance(value, str) else value


def _webhook_address(text: str) -> str:
    if text and not text.startswith("https://"):
        raise ValueError("must be an address that begins with https://. Or leave it empty.")
    return text


Country = Annotated[str, AfterValidator(_country)]
DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
Folders = Annotated[list[str], BeforeValidator(_split)]
Language = Annotated[str, AfterValidator(_language)]
LogFormat = Annotated[Literal["console", "json"], BeforeValidator(_lower)]
LogLevel = Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Port = Annotated[int, BeforeValidator(_number), Field(ge=0, le=65535)]
Shards = Annotated[int, BeforeValidator(_number), Field(ge=0, le=10_000)]
Secret = Annotated[SecretStr, BeforeValidator(_secret)]
SecretKey = Annotated[Secret, AfterValidator(_long_enough)]
Time = Annotated[str, AfterValidator(_time)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
WebhookAddress = Annotated[str, AfterValidator(_webhook_address)]
