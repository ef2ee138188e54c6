"""The recipe: gather, judge, write; then show. Every function in this room is a list of what happens, in order."""
