"""From a fresh clone to a running We Watch, with the standard library alone; what is done already is not done again."""
