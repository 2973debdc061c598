"""What discovery consists of, and what comes of it."""

from enum import StrEnum

#: What a senior engineer is asked under, about a planned launch.
CONSIDERATIONS_KIND = "discovery.considerations"
#: What whoever made a poll about attendance is asked under, once it is closed.
CAME_KIND = "discovery.came"


class ActivityKind(StrEnum):
    RESEARCH = "research"
    FRAMING = "framing"
    HYPOTHESES = "hypotheses"
    INTERVIEW = "interview"
    SUPPORT = "support"
    INCIDENTS = "incidents"
    DEEP_DIVE = "deep_dive"
    PLANNING = "planning"
    VISION = "vision"

    @property
    def label(self) -> str:
        return _KINDS[self]


_KINDS = {
    ActivityKind.RESEARCH: "User research synthesis",
    ActivityKind.FRAMING: "Problem framing",
    ActivityKind.HYPOTHESES: "Hypothesis generation",
    ActivityKind.INTERVIEW: "User interview",
    ActivityKind.SUPPORT: "Support or bug review",
    ActivityKind.INCIDENTS: "On-call or incident review",
    ActivityKind.DEEP_DIVE: "Tech deep dive",
    ActivityKind.PLANNING: "Roadmap or sprint planning",
    ActivityKind.VISION: "Vision setting",
}


class Contributed(StrEnum):
    """What engineering brought to it."""

    CONSTRAINT = "constraint"
    CHEAPER = "cheaper"
    SCOPE = "scope"
    ASSUMPTION = "assumption"

    @property
    def label(self) -> str:
        return _CONTRIBUTIONS[self]


_CONTRIBUTIONS = {
    Contributed.CONSTRAINT: "A constraint was found",
    Contributed.CHEAPER: "A cheaper alternative was found",
    Contributed.SCOPE: "Scope was flagged",
    Contributed.ASSUMPTION: "An assumption was questioned",
}
