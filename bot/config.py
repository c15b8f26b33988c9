"""The settings of whoever runs the bot: config.yaml, the environment, secret files.

Order, strongest first: environment, secret files, config.yaml, defaults. Tokens and the secret key come
only from the environment or from secret files. Settings of a group are not here: it makes them in chat.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot import config_errors as errors
from bot.config_errors import ConfigError, Key
from bot.config_file import Layer, folders_of, read_environment, read_file, read_folders, read_secret
from bot.config_values import (
    SQLITE,
    Country,
    DatabaseUrl,
    Flag,
    Folders,
    Language,
    LogFormat,
    LogLevel,
    Port,
    Secret,
    SecretKey,
    Shards,
    Time,
    TimeZone,
    WebAddress,
    WebhookAddress,
)

__all__ = ["SECRETS", "Config", "ConfigError", "known_keys", "load"]

SECRETS: frozenset[Key] = frozenset({("secret_key",), ("discord", "token"), ("telegram", "token")})


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Database(Section):
    """``url`` as people write it; storage picks the driver. After load() a SQLite path is absolute."""

    url: DatabaseUrl = Field(default="sqlite:///data/common-ground.db", repr=False)


class Discord(Section):
    """``members`` and ``message_content`` are the privileged intents asked for; 0 shards: Discord decides."""

    token: Secret | None = None
    api_base: WebAddress = "https://discord.com/api/v10"
    members: Flag = True
    message_content: Flag = False
    shards: Shards = 0


class Telegram(Section):
    """``folder`` keeps the adapter's own small file; after load() it is absolute. No webhook: polling."""

    token: Secret | None = None
    api_base: WebAddress = "https://api.telegram.org"
    folder: str = "data"
    webhook_url: WebhookAddress = ""
    webhook_host: str = "127.0.0.1"
    webhook_port: Port = 8443


class QuietHours(Section):
    start: Time = Field(default="21:00", alias="from")
    end: Time = Field(default="08:00", alias="until")


class Defaults(Section):
    """What a new group starts with. Its moderators can change all of it in chat."""

    country: Country = ""
    language: Language = "en"
    time_zone: TimeZone = "Europe/London"
    quiet_hours: QuietHours = QuietHours()


class Log(Section):
    level: LogLevel = "info"
    format: LogFormat = "console"


class Rehearsal(Section):
    port: Port = 8765


class Config(Section):
    """Everything a host can set. Values that are secret never show in repr or in an error."""

    secret_key: SecretKey | None = None
    secret_key_file: str = ""
    secret_folders: Folders = []
    database: Database = Database()
    discord: Discord = Discord()
    telegram: Telegram = Telegram()
    defaults: Defaults = Defaults()
    log: Log = Log()
    rehearsal: Rehearsal = Rehearsal()

    def key(self) -> str:
        """The secret key. ConfigError, saying what to do, when there is none."""
        if self.secret_key is None:
            raise ConfigError([errors.key_missing()])
        return self.secret_key.get_secret_value()


def load(path: Path | None, environ: Mapping[str, str]) -> Config:
    """The settings, all checked. ConfigError with a sentence for each thing that is wrong.

    Files named in config.yaml are found from the folder it lies in; those named in the environment, or by
    default without a config.yaml, from the current folder.
    """
    written = read_file(path, SECRETS) if path else Layer()
    given = read_environment(environ)
    layer = given.over(written)
    first = _checked(layer)
    base = path.resolve().parent if path else Path.cwd()
    secrets = _secret_files(first, given, base, environ)
    config = _checked(given.over(secrets).over(written)) if secrets.values else first
    config = _with_absolute_file(config, Path.cwd() if ("database", "url") in given.values else base)
    folder = (Path.cwd() if ("telegram", "folder") in given.values else base) / config.telegram.folder
    telegram = config.telegram.model_copy(update={"folder": folder.as_posix()})
    return config.model_copy(update={"telegram": telegram})


def known_keys(model: type[BaseModel] = Config, above: Key = ()) -> Iterator[Key]:
    """Every key there is, sections too, as it is written in config.yaml."""
    for name, field in model.model_fields.items():
        key = (*above, field.alias or name)
        yield key
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from known_keys(field.annotation, key)


def _checked(layer: Layer) -> Config:
    messages = list(layer.problems)
    try:
        config = Config.model_validate(layer.nested())
    except ValidationError as found:
        keys = set(known_keys())
        for error in found.errors(include_url=False):
            key = tuple(str(part) for part in error["loc"])
            messages.append(errors.wrong(error, layer.where(key), keys))
    if messages:
        raise ConfigError(messages)
    return config


def _secret_files(config: Config, given: Layer, base: Path, environ: Mapping[str, str]) -> Layer:
    folder_base = Path.cwd() if ("secret_folders",) in given.values else base
    found = read_folders(folders_of(config.secret_folders, folder_base, environ), SECRETS)
    if not config.secret_key_file or config.secret_key or ("secret_key",) in found.values:
        return found
    file_base = Path.cwd() if ("secret_key_file",) in given.values else base
    file = file_base / config.secret_key_file
    key = ("secret_key",)
    return found.over(Layer(values={key: read_secret(file, key)}, sources={key: str(file)}))


def _with_absolute_file(config: Config, base: Path) -> Config:
    sqlite = SQLITE.fullmatch(config.database.url)
    if not sqlite:
        return config
    file = (base / sqlite["file"]).as_posix()
    database = Database(url=f"{sqlite['scheme']}{file}{sqlite['rest']}")
    return config.model_copy(update={"database": database})
