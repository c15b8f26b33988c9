"""The starter directory: services, topics and the numbers of each country, from the YAML files here.

Nothing in it counts as checked until a group has checked it: every entry says so.
"""

from bot.directory.asked import Asked
from bot.directory.country import Country, Line
from bot.directory.entry import Entry, Route
from bot.directory.problem import BadEntries, Problem
from bot.directory.search import Directory

__all__ = ["Asked", "BadEntries", "Country", "Directory", "Entry", "Line", "Problem", "Route"]
