"""A person's App Home: what waits for them, their launches, and what came of what they worked on."""
