"""All that the environment says, read and refused before the site starts, for `driversite/settings.py`."""
