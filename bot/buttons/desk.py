"""Set-up and the desk."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import desk, paused, second_moderator, setting_up

M = Who.MODERATORS

BUTTONS: Mapping[str, Press] = {
    # set-up
    "setup": Press(run=setting_up.begin, typed="desk set-up", who=M),
    "countries": Press(run=setting_up.more_countries, typed="desk countries", who=M, storage=False),
    "country": Press(run=setting_up.country, typed="desk country <code>", who=M),
    "audience": Press(run=setting_up.audience, typed="desk for <who>", who=M),
    "contactmods": Press(run=setting_up.contact_moderators, typed="desk contact moderators", who=M),
    "contactother": Press(run=setting_up.contact_other, typed="desk contact other", who=M, storage=False),
    "contactnone": Press(run=setting_up.contact_none, typed="desk contact nobody", who=M),
    "askcountry": Press(run=setting_up.ask_country, typed="desk change country", who=M),
    "askaudience": Press(run=setting_up.ask_audience, typed="desk change audience", who=M),
    "askcontact": Press(run=setting_up.ask_contact, typed="desk change contact", who=M),
    # the desk
    "desk": Press(run=desk.desk, typed="desk open", who=M),
    "drawer": Press(run=desk.drawer, typed="desk drawer <name>", who=M),
    "pausedhost": Press(run=paused.for_host, typed="desk for-host", who=M),
    "deskshare": Press(run=second_moderator.share, typed="desk share", who=M),
}

FORMS: Mapping[str, Form] = {
    "contact": Form(run=setting_up.contact_written, who=M),
}
