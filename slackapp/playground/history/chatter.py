"""What people say to each other beside the launches, each on its day."""

from slackapp.playground.history.company import (
    BEA,
    BILLING,
    ELIF,
    GENERAL,
    INES,
    JONAS,
    JUN,
    MARA,
    NELL,
    ONBOARDING,
    OSKAR,
    PRIYA,
    RAVI,
    SAM,
    TOMAS,
)
from slackapp.playground.history.talk import Conversation

#: What belongs to a day.
DATED = (
    Conversation(
        GENERAL,
        MARA,
        "Good morning. From today Afterlaunch asks us what happened after we shipped. Recording a launch "
        "takes a "
        "minute, and a month later you answer one question.",
        (
            (JONAS, "And if the answer is embarrassing?"),
            (MARA, "Then we have learned something, and have it in writing."),
            (SAM, "I look forward to being embarrassed in writing."),
        ),
        on="Mon 4 May 09:41",
    ),
    Conversation(
        GENERAL,
        PRIYA,
        "Billing joins in: /launch works in #team-billing as well.",
        ((TOMAS, "I will record the wallets in two weeks. Hold me to it."),),
        on="Tue 5 May 12:05",
    ),
    Conversation(
        ONBOARDING,
        MARA,
        "The first number is in: the guided setup moved it, and did not get where we hoped. I would ship "
        "it again.",
        ((ELIF, "I like that it says what we hoped for right beside it."),),
        on="Mon 4 May 13:20",
    ),
    Conversation(
        GENERAL,
        OSKAR,
        "Sweden is closed on Friday for Midsummer. There will be herring, and no deploys.",
        ((BEA, "In this order?"), (OSKAR, "In this order.")),
        on="Tue 16 Jun 15:10",
    ),
    Conversation(
        GENERAL,
        MARA,
        "Please welcome Ravi, who joins the onboarding team today. He has crossed the Channel in a rowing "
        "boat.",
        (
            (RAVI, "Half of the Channel. Somebody else rowed the other half. Hello, everybody."),
            (ELIF, "Welcome, Ravi. {Ask us anything|Ask anything}, and record your first launch early."),
        ),
        on="Wed 1 Jul 10:30",
    ),
    Conversation(
        BILLING,
        TOMAS,
        "I am away until the middle of August, with a tent and no charger.",
        ((BEA, "Enjoy it. I have the pager."),),
        on="Fri 17 Jul 16:05",
    ),
    Conversation(
        GENERAL,
        OSKAR,
        "Today is my last day. Thank you for four good years. What I know about the notices stands in the "
        "runbook, "
        "and my last launch has a backup.",
        (
            (
                MARA,
                "Fair winds, Oskar. {Half of what lines see first was built by you.|We will miss you.}",
            ),
            (JONAS, "Who prints things for the fridge now?"),
            (RAVI, "I have bought magnets."),
        ),
        on="Fri 14 Aug 14:20",
    ),
    Conversation(
        BILLING,
        PRIYA,
        "The price calendar came to its end without a number while Tomás was away. Let us give launches a "
        "backup "
        "before anybody packs a tent.",
        ((TOMAS, "Fair. The tent was leaking, if that helps."),),
        on="Mon 17 Aug 11:10",
    ),
    Conversation(
        ONBOARDING,
        RAVI,
        "Which of our bets on that first week have worked so far? I have typed /launch learnings first "
        "and got more "
        "than I hoped for.",
        (
            (
                INES,
                "Two moved it and two did not. What worked had people do the thing, and not read about it.",
            ),
            (RAVI, "That goes on a magnet."),
        ),
        on="Tue 29 Sep 14:05",
    ),
    Conversation(
        BILLING,
        NELL,
        "Quarter closed. Refunds by phone are less than half of last year's.",
        ((PRIYA, "That was the first launch we recorded here. Nice to see it hold."),),
        on="Fri 2 Oct 10:15",
    ),
    Conversation(
        GENERAL,
        SAM,
        "First autumn storm: eleven lines cancelled, and every rider knew before they left the house.",
        ((MARA, "Thank you for the calls you did not have to make."),),
        on="Thu 22 Oct 15:40",
    ),
    Conversation(
        GENERAL,
        INES,
        "Good morning. The clocks went back last Sunday: if yesterday's chart looks an hour late, so was "
        "yesterday.",
        ((JUN, "Ours stayed where they were{.|, as every year.}"),),
        on="Tue 27 Oct 10:05",
    ),
    Conversation(
        ONBOARDING,
        RAVI,
        "The pier screens go up on Tuesday. If you are near a harbour, please stand in front of one and "
        "look lost.",
        ((SAM, "I have trained for this."),),
        on="Thu 29 Oct 11:30",
    ),
    Conversation(
        ONBOARDING,
        JONAS,
        "Morning. Mara, the season copy is thirty days old today. I have a good feeling.",
        on="Fri 30 Oct 09:36",
    ),
)
