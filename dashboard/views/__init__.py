"""From a selection to what a page shows: each module answers one question with a chart definition and its words."""
