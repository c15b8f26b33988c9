"""How a group agrees its rules: values and pure steps.

Standard library only. Nothing here reads a clock, a file or a network, and nothing here holds a
sentence that people read. `now` is always an argument, and every datetime is aware UTC.

Where to look:
`refusals`   every "no" a person can meet
`calendar`   when the bot may speak or end something
`agreement`  the numbered versions of the rules
`at_once`    what works now while a version waits to start
`ballot`     choices, counts and the decision
`proposal`   the life of an idea, from the suggestion to its end
`review`     looking at the rules again after some months
"""
