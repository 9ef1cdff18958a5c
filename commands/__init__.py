"""What `manage.py` can do. Standard library only: this code runs before anything is installed."""
