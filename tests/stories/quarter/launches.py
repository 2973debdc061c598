"""What the team ships in the quarter, as it is filled in."""

from collections.abc import Mapping

SEATS = "Seat picker"
TIMETABLE = "Timetable in the app"
EXPRESS = "Express checkout"
STAMPS = "Loyalty stamps"
SEARCH = "New search index"
SAVED = "Saved passengers"
DARK = "Dark mode"
GROUPS = "Group tickets"
DELAYS = "Delay alerts"
MAPS = "Harbour maps"
CABINS = "Quiet cabin filter"
HOME_PAGE = "Faster home page"
PETS = "Pet tickets"
GIFTS = "Gift cards"
PIER = "Pier check-in"
WINTER = "Winter timetable"
WALLET = "Boarding pass in the wallet"
PRICES = "Heron price test"
BUNDLES = "Heron bundles"

#: What stands in each launch's form, by block id.
FORMS: Mapping[str, Mapping[str, object]] = {
    SEATS: {
        "problem": "Families are seated apart, and call us before they book.",
        "audience": "families on the long routes",
        "metric": "Completed bookings",
        "from_to": "62 % → 68 %",
        "outcomes": "They know where they sit before they pay.",
        "link": "https://numbers.example.com/bookings",
        "because": "one call in five is about seats",
        "backup": "Hugh Marsh",
        "guardrails": "Refunds: 2 %, under 2.5 %",
    },
    WINTER: {
        "problem": "In winter every third boat leaves at another time than people think.",
        "audience": "commuters",
        "metric": "Trips as planned",
        "from_to": "52 % → 60 %",
        "day": "2026-10-26",
    },
    WALLET: {
        "problem": "Phones are offline at the pier, and the pass does not load.",
        "audience": "foot passengers",
        "metric": "Boarding time",
        "from_to": "40 s → 30 s",
    },
    TIMETABLE: {
        "title": TIMETABLE,
        "problem": "People look the boats up on paper and miss what changed.",
        "audience": "everybody at a pier",
        "metric": "Returning riders",
        "from_to": "21 % → 25 %",
    },
    DARK: {"problem": "The app blinds people on night boats.", "audience": "night riders"},
    CABINS: {
        "problem": "People who want to sleep end up beside the bar.",
        "audience": "overnight riders",
        "metric": "Cabin upgrades",
        "from_to": "8 % → 12 %",
        "day": "2026-09-17",
        "checkpoints": ["30"],
        "guardrails": "Complaints: 30, under 36",
    },
    HOME_PAGE: {
        "problem": "The first screen takes too long on old phones.",
        "audience": "riders with old phones",
        "metric": "Time to first screen",
        "from_to": "3.2 s → 2 s",
        "day": "2026-09-18",
        "checkpoints": ["30"],
        "kind": "Technical",
        "unlocks": "the timetable on the pier's own network",
        "felt_by": "Users will feel it",
    },
    SAVED: {
        "problem": "Regulars type the same four names every week.",
        "audience": "families who ride weekly",
        "day": "2026-09-16",
    },
    DELAYS: {
        "title": DELAYS,
        "problem": "People stand at the pier and do not know that the boat is late.",
        "audience": "everybody with a ticket for today",
        "metric": "Missed boats",
        "from_to": "5 % → 3 %",
        "day": "2026-09-20",
        "backup": "Noa Peled",
    },
    MAPS: {
        "problem": "Half of the calls from a harbour ask for the right pier.",
        "audience": "first-time riders",
        "metric": "Returning riders",
        "from_to": "24 % → 27 %",
        "day": "2026-09-21",
        "checkpoints": ["30"],
    },
    PRICES: {
        "problem": "Heron seats leave half empty at noon.",
        "audience": "Heron riders",
        "metric": "Heron margin",
        "from_to": "12 % → 15 %",
        "backup": "Rafael Costa",
        "checkpoints": ["14", "30"],
        "kind": "Experiment",
        "evidence": "Experiment, with a control group",
    },
    GROUPS: {
        "problem": "School classes book by fax.",
        "audience": "teachers",
        "metric": "Group share",
        "from_to": "10 % → 14 %",
    },
    PETS: {
        "problem": "Nobody knows whether the dog needs a ticket.",
        "audience": "people with pets",
        "metric": "Tickets with a pet",
        "from_to": "1 % → 3 %",
        "day": "2026-09-25",
        "checkpoints": ["30"],
    },
    SEARCH: {
        "problem": "A typing error finds no boat at all.",
        "audience": "everybody who searches",
        "metric": "Empty searches",
        "from_to": "4 % → 1 %",
        "checkpoints": ["30"],
        "backup": "Kenji Mori",
        "kind": "Technical",
        "unlocks": "search by the harbour's local name",
        "felt_by": "Users will feel it",
    },
    BUNDLES: {
        "problem": "Heron riders buy the coffee elsewhere.",
        "audience": "Heron riders",
        "metric": "Heron extras",
        "from_to": "6 % → 10 %",
    },
    PIER: {
        "problem": "People queue for a sticker.",
        "audience": "foot passengers",
        "metric": "Checked in before the pier",
        "from_to": "55 % → 75 %",
        "backup": "Noa Peled",
    },
    EXPRESS: {
        "problem": "Paying takes nine screens.",
        "audience": "commuters",
        "metric": "Completed bookings",
        "from_to": "62 % → 65 %",
    },
    STAMPS: {
        "problem": "Commuters get nothing for coming back.",
        "audience": "commuters",
        "day": "2026-10-05",
        "backup": "Rafael Costa",
    },
    GIFTS: {
        "problem": "A trip is a present that cannot be wrapped.",
        "audience": "people who give presents",
        "metric": "First rides",
        "from_to": "300 → 400",
        "checkpoints": ["30"],
        "backup": "Hugh Marsh",
    },
}
