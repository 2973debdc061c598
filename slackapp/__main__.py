"""`python -m slackapp` is `afterlaunch`."""

from slackapp.cli import main

main()
