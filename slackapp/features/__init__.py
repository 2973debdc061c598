"""What the product does: one folder a feature."""
