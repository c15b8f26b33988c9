"""Every number, word and address of the packs, typed a second time by hand."""

from bot.directory import Directory, Entry, phone

DIRECTORY = Directory.load()

# Typed again by hand from the source, never copied from the YAML: a typing slip shows as a difference.
COUNTRY_NUMBERS = {
    # code: emergency, urgent, voice, text
    "england": ("999", "111", ["116 123", "111"], [("SHOUT", "85258")]),
    "scotland": ("999", "111", ["116 123", "111"], [("SHOUT", "85258")]),
    "wales": ("999", "111", ["116 123", "111", "0800 132 737"], [("SHOUT", "85258"), ("HELP", "81066")]),
    "northern_ireland": ("999", None, ["0808 808 8000", "116 123"], [("SHOUT", "85258")]),
    "uk": ("999", None, ["116 123"], [("SHOUT", "85258")]),
    "ireland": (
        "112 or 999",
        None,
        ["116 123", "1800 247 247"],
        [("TALK or HELLO", "50808"), ("HELP", "51444")],
    ),
    "us": (None, None, ["988"], [("", "988"), ("HOME", "741741")]),
    "canada": (None, None, ["988"], [("", "988")]),
    "australia": ("000", None, ["13 11 14"], []),
    "new_zealand": ("111", None, ["1737"], [("", "1737")]),
    "india": ("112", None, ["14416", "1800 891 4416"], []),
    "elsewhere": (None, None, [], []),
}
ENTRY_NUMBERS = {
    # the UK and its nations
    "emergency-999": ["999", "112", "999"],
    "nhs-111-england": ["111", "18001 111"],
    "nhs-111-mental-health-england": ["111", "18001 111"],
    "nhs-111-press-2-wales": ["111"],
    "nhs-111-wales": ["111"],
    "nhs-24-mental-health-scotland": ["111"],
    "nhs-24-scotland": ["111"],
    "lifeline-northern-ireland": ["0808 808 8000", "18001 0808 808 8000"],
    "breathing-space": ["0800 83 85 87"],
    "call-wales": ["0800 132 737", "81066"],
    "samaritans": ["116 123", "0808 164 0123"],
    "shout": ["85258"],
    "papyrus": ["0800 068 4141"],
    "childline-uk": ["0800 1111"],
    "diabetes-uk-helpline": ["0345 123 2399"],
    "diabetes-uk-scotland": ["0141 212 8710"],
    "breakthrough-t1d-uk": ["020 7713 2030"],
    "beat-england": ["0808 801 0677"],
    "beat-scotland": ["0808 801 0432"],
    "beat-wales": ["0808 801 0433"],
    "beat-northern-ireland": ["0808 801 0434"],
    "cruse": ["0808 808 1677"],
    "cruse-scotland": ["0808 802 6161"],
    "switchboard": ["0800 0119 100"],
    "carers-uk": ["0808 808 7777"],
    "contact": ["0808 808 3555"],
    "citizens-advice-england": ["0800 144 8848"],
    "citizens-advice-wales": ["0800 702 2020"],
    "citizens-advice-scotland": ["0800 028 1456"],
    "scope": ["0808 800 3333"],
    "acas": ["0300 123 1100"],
    "equality-advisory-service": ["0808 800 0082"],
    "drinkline": ["0300 123 1110"],
    "domestic-abuse-england": ["0808 2000 247"],
    "muslim-youth-helpline": ["0808 808 2008"],
    "tommys": ["0800 0147 800"],
    "emergency-prescription": ["111"],
    # Ireland
    "emergency-ireland": ["112", "999"],
    "samaritans-ireland": ["116 123"],
    "text-about-it": ["50808"],
    "pieta": ["1800 247 247", "51444"],
    "childline-ireland": ["1800 66 66 66", "50101"],
    "bodywhys": ["01 210 7906"],
    "diabetes-ireland": ["01 842 8118"],
    # North America
    "988-us": ["988", "988", "711"],
    "crisis-text-line": ["741741"],
    "ada": ["1-800-342-2383"],
    "alliance-eating-disorders": ["866-662-1235"],
    "anad": ["1-888-375-7767"],
    "988-canada": ["988", "988"],
    "diabetes-canada": ["1-800-226-8464"],
    "nedic": ["1-866-633-4220"],
    # Australia, New Zealand, India
    "emergency-australia": ["000"],
    "lifeline-australia": ["13 11 14"],
    "ndss": ["1800 637 700", "131 450"],
    "butterfly": ["1800 33 4673", "131 450"],
    "emergency-new-zealand": ["111"],
    "1737-new-zealand": ["1737", "1737"],
    "edanz": ["0800 233 269"],
    "emergency-india": ["112"],
    "tele-manas": ["14416", "1800 891 4416"],
}
# What to text, and every address, by hand too.
ENTRY_WORDS = {
    "call-wales": ["HELP"],
    "shout": ["SHOUT"],
    "text-about-it": ["TALK or HELLO"],
    "pieta": ["HELP"],
    "crisis-text-line": ["HOME"],
}
ENTRY_PLACES = {
    "nhs-111-england": {"111.nhs.uk"},
    "nhs-111-mental-health-england": {"111.nhs.uk"},
    "emergency-prescription": {"111.nhs.uk/emergency-prescription"},
    "lifeline-northern-ireland": {"lifelinehelpline.info"},
    "driving-northern-ireland": {"nidirect.gov.uk"},
    "advice-ni": {"adviceni.net"},
    "samaritans": {"samaritans.org", "jo@samaritans.org"},
    "shout": {"crisistextline.uk"},
    "papyrus": {"papyrus-uk.org"},
    "childline-uk": {"childline.org.uk"},
    "diabetes-uk-helpline": {"diabetes.org.uk", "helpline@diabetes.org.uk"},
    "diabetes-uk-forum": {"forum.diabetes.org.uk"},
    "breakthrough-t1d-uk": {"breakthrought1d.org.uk"},
    "my-type-1-diabetes": {"mytype1diabetes.nhs.uk"},
    "t1resources": {"t1resources.uk"},
    "digibete": {"digibete.org"},
    "together-type-1": {"diabetes.org.uk"},
    "nhs-dka": {"nhs.uk/conditions/diabetic-ketoacidosis"},
    "nhs-low-blood-sugar": {"nhs.uk/conditions/low-blood-sugar-hypoglycaemia"},
    "t1de-pages": {"breakthrought1d.org.uk", "diabetes.org.uk"},
    "driving-great-britain": {"gov.uk/diabetes-driving"},
    "ramadan": {"diabetes.org.uk/ramadan"},
    "idf-dar": {"idf.org"},
    "diabetes-uk-travel": {"diabetes.org.uk"},
    "caa-device-card": {"caa.co.uk"},
    "diabetes-uk-hospital": {"diabetes.org.uk"},
    "sahf": {"sahf.org.uk"},
    "extod": {"extod.org"},
    "dtn-uk": {"abcd.care/dtn"},
    "samaritans-ireland": {"samaritans.org", "jo@samaritans.org"},
    "childline-ireland": {"childline.ie"},
    "thriveabetes": {"thriveabetes.ie"},
    "988-us": {"988lifeline.org"},
    "breakthrough-t1d-us": {"breakthrought1d.org"},
    "beyond-type-1": {"beyondtype1.org"},
    "diabetes-nz": {"diabetes.org.nz"},
    "blue-circle": {"bluecircle.foundation"},
    "find-a-helpline": {"findahelpline.com"},
    "befrienders": {"befrienders.org"},
    "idf": {"idf.org"},
    "t1international": {"t1international.com"},
}


def test_the_numbers_of_each_country_match_their_second_typing() -> None:
    found = {
        code: (
            country.emergency,
            country.urgent,
            [line.number for line in country.voice],
            [(line.word, line.number) for line in country.text],
        )
        for code, country in DIRECTORY.countries.items()
    }
    assert found == COUNTRY_NUMBERS


def test_the_numbers_of_each_service_match_their_second_typing() -> None:
    found = {
        entry.id: [route.to for route in entry.routes if phone.digits(route.to) and _is_called(route.kind)]
        for entry in DIRECTORY.entries
    }
    assert {name: numbers for name, numbers in found.items() if numbers} == ENTRY_NUMBERS


def test_what_to_text_matches_its_second_typing() -> None:
    found = {entry.id: [r.word for r in entry.routes if r.word] for entry in DIRECTORY.entries}
    assert {name: words for name, words in found.items() if words} == ENTRY_WORDS


def test_the_addresses_of_each_service_match_their_second_typing() -> None:
    found = {
        entry.id: {each.removeprefix("https://") for each in _addresses(entry) if each}
        for entry in DIRECTORY.entries
    }
    assert {name: addresses for name, addresses in found.items() if addresses} == ENTRY_PLACES


def _is_called(kind: str) -> bool:
    return kind in ("phone", "text", "relay")


def _addresses(entry: Entry) -> list[str]:
    return [entry.page, *(r.to for r in entry.routes if r.kind in ("web", "webchat", "email"))]
