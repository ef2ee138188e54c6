"""One way to open, read and write Office files safely and the same each time."""
