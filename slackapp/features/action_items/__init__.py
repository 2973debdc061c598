"""Action items: what somebody said they would do, asked about until done, and then whether it helped."""
