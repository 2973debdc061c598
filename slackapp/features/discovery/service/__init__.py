"""What is done with discovery."""
