"""How often the papers are read right: tables of measures over marked papers (`make quality`)."""
