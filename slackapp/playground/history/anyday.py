"""What people say to each other on one day or another."""

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
    PRIYA,
    SAM,
    TOMAS,
)
from slackapp.playground.history.talk import Conversation

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
