"""The five steps as a living record: its kinds of entries, how they are written, imported and kept."""
