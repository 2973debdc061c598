"""What happened after a launch: asked at its checkpoints, judged, and told to the channel."""
