"""Training of the bundled writer."""
