"""Worries, and what moderators do about them."""

from collections.abc import Mapping

from bot.buttons.press import Form, Press
from bot.contract.command import Who
from bot.features import (
    after_care,
    case_letters,
    cases,
    drills,
    worry_options,
    worry_words,
    worrying,
)

M = Who.MODERATORS
ASKED = "worried answer <risk> <thread> <message> <wrote> <out>"

BUTTONS: Mapping[str, Press] = {
    # whoever is worried: also somebody who left meanwhile
    "worry": Press(run=worrying.again, typed="worried ask", storage=False, anyone=True, outside=True),
    "life": Press(
        run=worrying.plain_answer,
        typed="worried <risk>",
        anyone=True,
        outside=True,
        always=True,
        patient=True,
    ),
    "lifeunsure": Press(
        run=worrying.not_sure, typed="worried not sure", anyone=True, outside=True, always=True, patient=True
    ),
    "lifeof": Press(run=worrying.answer, typed=ASKED, anyone=True, outside=True, always=True, patient=True),
    "worryfirst": Press(
        run=worry_options.first,
        typed="worried leave out <thread> <message> <wrote>",
        anyone=True,
        always=True,
        patient=True,
    ),
    "worryask": Press(
        run=worry_options.ask,
        typed="worried without <thread> <message> <wrote> <out>",
        storage=False,
        anyone=True,
    ),
    "worries": Press(run=worrying.mine, typed="worried mine", anyone=True),
    "worrystatus": Press(run=worrying.status, typed="worried status <case>", anyone=True),
    "worrytopics": Press(run=worry_options.topics, typed="worried about <case>", anyone=True),
    "worrytopic": Press(run=worry_options.topic, typed="worried about <case> <topic>", anyone=True),
    "worrywords": Press(run=worry_words.ask, typed="worried words <case>", anyone=True),
    "worrywriting": Press(run=worry_options.writing, typed="worried messages <case>", anyone=True),
    "worrywrite": Press(run=worry_options.write, typed="worried messages <case> <which>", anyone=True),
    "worryleave": Press(run=worry_options.leave, typed="worried leave <case>", anyone=True),
    "worryout": Press(run=worry_options.leave_out, typed="worried leave <case> <who>", anyone=True),
    # moderators
    "cases": Press(run=cases.listed, typed="desk cases", who=M),
    "case": Press(run=cases.open_case, typed="desk case <case>", who=M),
    "casetake": Press(run=cases.take, typed="desk case take <case>", who=M),
    "casetakeover": Press(run=cases.take, typed="desk case take <case> <sure>", who=M),
    "caselevels": Press(run=cases.levels, typed="desk case level <case>", who=M),
    "caselevel": Press(run=cases.level, typed="desk case level <case> <level>", who=M),
    "casestep": Press(run=cases.step, typed="desk case step <case> <step>", who=M),
    "casehand": Press(run=cases.hand, typed="desk case hand <case>", who=M),
    "casehandto": Press(run=cases.hand_to, typed="desk case hand <case> <who>", who=M),
    "casewrite": Press(run=case_letters.write, typed="desk case write <case>", who=M),
    "caseclose": Press(run=after_care.close, typed="desk case close <case>", who=M),
    "caseclosed": Press(run=after_care.closed, typed="desk case closed <case>", who=M),
    "care": Press(run=after_care.care, typed="desk case care <case>", who=M),
    "careroom": Press(run=after_care.room, typed="desk case room <case>", who=M),
    "careroompost": Press(run=after_care.room_post, typed="desk case room <case> <which>", who=M),
    "carehush": Press(run=after_care.hush, typed="desk case nothing-more <case>", who=M),
    "carehushsure": Press(run=after_care.hush_now, typed="desk case nothing-more <case> yes", who=M),
    "careunhush": Press(run=after_care.unhush, typed="desk case nothing-more <case> undo", who=M),
    "caretalk": Press(run=after_care.talk, typed="desk case talk <case>", who=M),
    "drill": Press(run=drills.offer, typed="desk practice", who=M),
    "drillstart": Press(run=drills.start, typed="desk practice start", who=M),
}

FORMS: Mapping[str, Form] = {
    "worrysaid": Form(run=worry_words.said, anyone=True),
    "casewritten": Form(run=case_letters.written, who=M),
}
