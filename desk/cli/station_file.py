"""The commented ``station.toml`` that a new station begins with."""

from __future__ import annotations

import tomlkit

_TEMPLATE = """\
# The settings of one station, read when desk starts. A line that begins with # is a comment.
# What is left out has its default. A line that desk cannot use stops it, and is named.

[station]
# Whose file this is. The truth is in the database: desk does not start where code or timezone
# differ from it.
name = ""
code = ""
timezone = ""

# Rules for each kind of exchange, in minutes.
#   early        how long before the start a party may arrive
#   grace        how long after the start a party is waited for, before a no-show is proposed
#   length       how long an exchange takes where its booking does not say
#   late_window  how long past the end an arrival is still taken without a reason
#   stagger      how far apart the two adults of a custody exchange come and go

[rules.sale]
early = 30
grace = 15
length = 20
late_window = 60

[rules.vehicle]
early = 30
grace = 15
length = 20
late_window = 60

[rules.custody]
early = 30
grace = 15
length = 20
late_window = 60
stagger = 15

[rules.other]
early = 30
grace = 15
length = 20
late_window = 60

# What a bay allows, where it is not everything at any hour:
#   buffer  minutes that stay free after an exchange
#   kinds   what it may be used for: "sale", "vehicle", "custody", "other"
#   opens, closes  from when until when
#   large   whether a large item can be handed over there
# [bays.Lobby]
# buffer = 5
# kinds = ["sale", "custody"]
# opens = "08:00"
# closes = "22:00"
# large = false

[keys]
# Other keys for commands. `desk doctor --keys` shows what each key of your keyboard is called.
# arrive = "f2"

[looks]
# "night", "day" or "high-contrast".
theme = "night"
# "unicode", or "ascii" where the terminal cannot draw signs such as the tick.
glyphs = "unicode"
# After so many minutes without a key, the board of another day goes back to today.
idle_minutes = 2

[lock]
# After so many minutes without a key, 1 to 30, the screen is covered until somebody unlocks it.
idle_minutes = 15
# Whether a covered screen rings when somebody is needed: true or false.
bell = false

[backups]
# The board makes one of the whole station when the day begins, and again after so many hours.
hours = 4
# Kept are the newest so many, and one of each of so many days and months.
last = 10
days = 14
months = 12
# After so many hours without a good one the board says so.
too_old_hours = 24
# Another folder that gets a copy of each, such as a stick or a share; it may be away at times.
# second = "/media/stick/desk"

[imports]
# How large a booking file may be, how many bookings it may hold, and how long a cell may be.
mebibytes = 64
rows = 100000
cell = 32767
# A booking that repeats is written out for so many days from today on.
days_ahead = 60
# Which comes first in a file that does not show it: "day_first", "month_first", or "ask".
day_order = "ask"

[paper]
# The sheets in the printer: "a4" or "letter". Without this line it is what the region uses.
# size = "a4"
# Files of further fonts, for names in letters other than Latin, Greek and Cyrillic.
fonts = []
# Whether the sheets of today and tomorrow lie ready in exports/ for a power cut: true or false.
# They name people in clear, so whoever copies this folder can read them.
days_in_clear = false

[slip]
# The house rules on the slip that a party is handed, a sentence each; without any, desk's own.
#   ["Come at most 30 minutes early.", "Meet only under the cameras."]
rules = []

[retention]
# How many days each class of record is kept, counted from the last day on which anything happened.
# A class without a line is kept for good. `desk retention` reports what is due; nothing goes before
# a supervisor says `desk retention --apply`. What was disputed is kept for the longer period.
# sales = 365
# vehicles = 365
# custody = 1825
# disputes = 1825
# follow_ups = 365
# Who looked at what, and the acts themselves: from the oldest on, never from the middle.
# views = 730
# journal = 3650
"""


def station_file(name: str, code: str, timezone: str) -> str:
    """Returns the text of a new station's ``station.toml``, every default written out."""
    document = tomlkit.parse(_TEMPLATE)
    document["station"].update({"name": name, "code": code, "timezone": timezone})
    return tomlkit.dumps(document)
