"""What leaves the program: calendars, slips, and the sheet of a day for the wall and an outage."""
