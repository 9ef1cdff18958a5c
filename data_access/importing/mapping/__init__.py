"""Mappings: one YAML file a dataset that says what a partner's file means, and its application."""
