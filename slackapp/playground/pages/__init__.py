"""The playground in a browser: the stand-in's workspace as pages, drawn on the server and kept fresh."""

from slackapp.playground.pages.app import pages

__all__ = ["pages"]
