"""What launches taught: a sentence each, which later ones support or contradict."""
