"""What an officer does: one method, one transaction, one act."""

from desk.service.desk import Desk, found_station, open_desk, verify_record
from desk.storage.store import Workplace

__all__ = ["Desk", "Workplace", "found_station", "open_desk", "verify_record"]
