"""What is loaded before the first reader comes, so that nobody waits for an import or a cold cache."""

from __future__ import annotations


def warm() -> None:
    """Import the heavy libraries, prepare the database and read what every page asks first."""
    import pandas  # noqa: F401
    import plotly.graph_objects  # noqa: F401
    import pydeck  # noqa: F401

    from dashboard import store
    from dashboard.charts import deck_map, panel, plotly_charts  # noqa: F401

    store.make_ready()
    known = store.catalogue()
    for country in known.countries:
        store.widest_gaps(country)
