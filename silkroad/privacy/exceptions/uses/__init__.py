"""Each time that data was touched under an exception: rows that are only ever added."""
