"""What people say to each other beside the launches, on its day or on some day."""

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

#: What could be said on any day; a year has room for some of it.
UNDATED = (
    Conversation(
        GENERAL,
        BEA,
        "A gull has stolen a harbour master's receipt printer paper. All of it. We have a photo.",
        ((NELL, "Is that an expense?"), (SAM, "It is a partnership.")),
    ),
    Conversation(
        GENERAL,
        JONAS,
        "The coffee machine in London asks for a firmware update.",
        ((ELIF, "Ours in Berlin asks for a firmware update every morning, and makes coffee anyway."),),
    ),
    Conversation(
        GENERAL,
        SAM,
        "A skipper told me today that our app is “less wet than the old one”. I take it.",
        ((MARA, "Put it on the website."), (PRIYA, "It is a guardrail now.")),
    ),
    Conversation(
        GENERAL,
        TOMAS,
        "Has anybody seen my blue jacket? It was on the ferry, and so was I.",
        ((BEA, "One of you came back."),),
    ),
    Conversation(
        GENERAL,
        ELIF,
        "I am looking for five people who have never bought a ferry ticket. Twenty minutes, there will be "
        "cake.",
        ((INES, "My sister. She gets seasick on escalators."), (ELIF, "Perfect.")),
    ),
    Conversation(
        GENERAL,
        INES,
        "Office hours for numbers are on Thursdays at two. Bring a question, leave with another one.",
    ),
    Conversation(
        GENERAL,
        NELL,
        "Expenses by the {25th|24th}, please. Ferry tickets count, ice cream on the ferry does not.",
        ((SAM, "What if the ice cream was the meeting?"), (NELL, "Then I would like the minutes.")),
    ),
    Conversation(
        GENERAL,
        PRIYA,
        "Small thing that made my day: a harbour office wrote “thank you” into the invoice's reference "
        "field.",
        ((TOMAS, "That explains the failed payment from yesterday. Worth it."),),
    ),
    Conversation(
        GENERAL,
        JUN,
        "Maintenance tonight between two and three, Tokyo time. Nobody should notice anything.",
        ((JONAS, "I noticed nothing."), (JUN, "It has not begun.")),
    ),
    Conversation(
        ONBOARDING,
        INES,
        "The chart of the first week had a gap on Sunday. It is filled: the data was late, not missing.",
        ((MARA, "Thank you. I nearly had an opinion."),),
    ),
    Conversation(
        ONBOARDING,
        SAM,
        "A new line signed today: two boats, one dog, four harbours. The dog is in charge.",
        ((JONAS, "Does the dog have an account?"), (SAM, "It shares one with the crew.")),
    ),
    Conversation(
        ONBOARDING,
        ELIF,
        "I watched three offices set up their first boat today. Nobody read the blue box. Nobody.",
        ((MARA, "Then let us take the blue box away before we add a second one."),),
    ),
    Conversation(
        ONBOARDING,
        JONAS,
        "Flaky test found: it failed for every boat that arrives at midnight.",
        ((JUN, "Boats do that."),),
    ),
    Conversation(
        ONBOARDING,
        MARA,
        "For Thursday: please write down what you expect before we look at the number. Afterwards "
        "everybody knew.",
        ((INES, "I always knew."),),
    ),
    Conversation(
        ONBOARDING,
        SAM,
        "A harbour master asks whether we can also schedule the tide.",
        ((ELIF, "Is there a metric?"), (SAM, "It goes up and down.")),
    ),
    Conversation(
        BILLING,
        BEA,
        "Rounding: for eleven years somebody has paid one cent too little for each bicycle. Fixed, nobody "
        "is sued.",
        ((NELL, "Thank you for not asking me first."),),
    ),
    Conversation(
        BILLING,
        PRIYA,
        "Can somebody read the new refund text and tell me where you stop believing it?",
        ((ELIF, "Second sentence. I have left two words instead of nine."), (PRIYA, "Better. Thank you.")),
    ),
    Conversation(
        BILLING,
        TOMAS,
        "The payment provider's status page says that the status page is slow.",
        ((BEA, "At least it is honest."),),
    ),
    Conversation(
        BILLING,
        NELL,
        "Whoever named the export “final_final_2”: which one is it?",
        ((BEA, "The third."),),
    ),
    Conversation(
        BILLING,
        SAM,
        "Two lines ask for the same report. I told them we would look at what they do with it first.",
        ((PRIYA, "Exactly right. What do they do with it?"), (SAM, "Print it.")),
    ),
    Conversation(
        BILLING,
        INES,
        "Reminder that a quiet day is Tuesday to Thursday outside the holidays. I have put it beside the "
        "chart.",
    ),
    Conversation(
        GENERAL,
        MARA,
        "Lunch talk next week: what our flat launches have in common. Bring one of yours, I bring two of "
        "mine.",
        ((JONAS, "Do regressions get dessert?"), (MARA, "First choice.")),
    ),
    Conversation(
        GENERAL,
        ELIF,
        "The icon set is done. There are now three anchors, and each of them means something.",
        ((TOMAS, "Which one means “save”?"), (ELIF, "None. That was the point.")),
    ),
    Conversation(
        GENERAL,
        BEA,
        "Reading recommendation: the letters people send to lighthouse keepers. Better than our backlog.",
        ((PRIYA, "Shorter, too."),),
    ),
)
