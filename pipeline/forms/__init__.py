"""Forms out and forms in, side by side: one description of a form that the writer and the reader share."""
