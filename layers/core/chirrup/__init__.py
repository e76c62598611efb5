"""Chirrup: instant messaging inside one's own AWS account."""
