"""Questions put to many at once, one answer each, once or again and again."""
