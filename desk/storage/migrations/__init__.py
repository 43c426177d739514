"""The database's history: one revision per change of the schema."""
