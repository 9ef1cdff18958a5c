"""Official figures fetched from the services that publish them, each behind the same interface (``interface.py``)."""
