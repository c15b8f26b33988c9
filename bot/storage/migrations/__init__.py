"""Schema versions, run at every start from the installed package."""
