"""What a launch can be, beyond its hypothesis: the choices under More."""

from enum import StrEnum


class _Choice(StrEnum):
    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Kind(_Choice):
    FEATURE = "feature"
    EXPERIMENT = "experiment"
    TECHNICAL = "technical"
    RELIABILITY = "reliability"


class Evidence(_Choice):
    """How well the numbers can tell, from best to worst."""

    EXPERIMENT = "experiment"
    STAGED = "staged"
    BEFORE_AFTER = "before_after"
    ANECDOTE = "anecdote"

    @property
    def label(self) -> str:
        return {
            Evidence.EXPERIMENT: "Experiment, with a control group",
            Evidence.STAGED: "Staged rollout",
            Evidence.BEFORE_AFTER: "Before and after",
            Evidence.ANECDOTE: "Anecdote",
        }[self]


class Bottleneck(_Choice):
    ADOPTION = "adoption"
    ONBOARDING = "onboarding"
    PRICING = "pricing"
    DISTRIBUTION = "distribution"
    DISCOVERY = "discovery"
    TECHNICAL = "technical"


class ReworkReason(_Choice):
    MISCOMMUNICATION = "miscommunication"
    CHANGED_REQUIREMENT = "changed_requirement"


class FeltBy(_Choice):
    """Who feels technical work."""

    USERS = "users"
    ENGINEERING = "engineering"

    @property
    def label(self) -> str:
        return {
            FeltBy.USERS: "Users will feel it",
            FeltBy.ENGINEERING: "It makes engineering more comfortable",
        }[self]

    @property
    def said(self) -> str:
        """As the card and the list say it."""
        return self.label if self is FeltBy.USERS else "For engineering's comfort"


class Took(_Choice):
    """The part somebody had in a launch, as they said themselves."""

    WORKED = "worked"
    BEFORE_SPEC = "before_spec"
