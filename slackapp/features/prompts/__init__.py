"""What is asked of people: one morning message a day, with all that any feature wants to know of them."""
