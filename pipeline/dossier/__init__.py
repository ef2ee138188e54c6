"""The waist of the house: one checked and scored case, and what each audience may see of it."""
