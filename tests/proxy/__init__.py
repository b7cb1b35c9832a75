"""A reverse proxy in front."""
