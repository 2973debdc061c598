"""What a launch is measured by: a metric's numbers as people write them, and what a change in them means."""
