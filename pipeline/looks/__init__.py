"""How words look in an Office file: which of them a reader sees, and which are struck out, hidden or deleted."""
