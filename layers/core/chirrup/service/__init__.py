"""Use cases: what a user does, one file per noun; they take ports and know no vendor."""
