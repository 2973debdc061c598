"""What a person does with what the app shows: clicks, choices, modals, App Home, shortcuts."""

from slackapp.playground.pages.acting.showing import context

__all__ = ["context"]
