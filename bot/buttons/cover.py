"""Cover: whom alerts reach, hours, the rota, the contact outside."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import alert_tests, cover, cover_times, outside_contact, rota

M = Who.MODERATORS

BUTTONS: Mapping[str, Press] = {
    "cover": Press(run=cover.page, typed="desk cover", who=M),
    "alerttest": Press(run=alert_tests.send, typed="desk test alert", who=M),
    "alertgot": Press(run=alert_tests.got, typed="desk got alert <number>", who=M),
    "night": Press(run=alert_tests.night, typed="desk night <how>", who=M),
    "coverhours": Press(run=cover_times.hours, typed="desk cover hours", who=M),
    "coverpreset": Press(run=cover_times.preset, typed="desk cover add <number>", who=M),
    "coverown": Press(run=cover_times.own, typed="desk cover other", who=M, storage=False),
    "coverdays": Press(run=cover_times.days, typed="desk cover days <days>", who=M, storage=False),
    "coverremove": Press(run=cover_times.remove, typed="desk cover remove", who=M),
    "rota": Press(run=rota.rota, typed="desk rota", who=M),
    "rotaday": Press(run=rota.day, typed="desk rota <day>", who=M),
    "rotatake": Press(run=rota.take, typed="desk rota take <day> <role>", who=M),
    "rotaput": Press(run=rota.put, typed="desk rota put <day> <role> <who>", who=M),
    "rotafree": Press(run=rota.free, typed="desk rota free <day>", who=M),
    "rotadown": Press(run=rota.step_down, typed="desk rota down <day>", who=M),
    "outside": Press(run=outside_contact.ask, typed="desk outside", who=M),
    "outsidewrite": Press(run=outside_contact.write, typed="desk outside write", who=M, storage=False),
    "outsidenobody": Press(run=outside_contact.nobody, typed="desk outside nobody", who=M),
}

FORMS: Mapping[str, Form] = {
    "coverwritten": Form(run=cover_times.written, who=M),
    "outsidewritten": Form(run=outside_contact.written, who=M),
}
