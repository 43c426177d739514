"""Booking files in: detect, parse, draft, compare; applying the plan is the service's.

Everything in a file, its name included, was written by strangers.
"""
