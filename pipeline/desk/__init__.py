"""The front door in a browser: pages for people on this machine. It calls flow/ as the terminal does."""
