"""What is loaded before the first reader comes, and what can follow while he reads."""

from __future__ import annotations

import gc
import logging
import threading


def warm() -> None:
    """Prepare the database and read what every page asks first; the rest follows in the background.

    What is loaded is taken out of the garbage collector's sight: Streamlit collects after every rerun, and what is
    frozen is not looked at again.
    """
    from dashboard import store
    from dashboard.charts import panel  # noqa: F401

    store.make_ready()
    store.begin_rerun()
    store.catalogue()
    _freeze()
    threading.Thread(target=_warm_the_rest, name="warming", daemon=True).start()


def _warm_the_rest() -> None:
    """Import what tables, maps and documents need, and find every country's widest gaps."""
    try:
        import pandas  # noqa: F401
        import pydeck  # noqa: F401

        from dashboard import store
        from dashboard.briefs import compiler  # noqa: F401
        from dashboard.charts import deck_map, table  # noqa: F401

        for country in store.catalogue().countries:
            store.widest_gaps(country)
        _freeze()
    except Exception:
        logging.getLogger(__name__).exception("Warming stopped; pages load what they need themselves")


def _freeze() -> None:
    gc.collect()
    gc.freeze()
