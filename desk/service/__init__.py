"""What an officer does: one method, one transaction, one act."""

from desk.service.access import Keys
from desk.service.checkpoints import NOTHING, Against, doubts, newest_beside
from desk.service.desk import Desk
from desk.service.opening import (
    Founding,
    found_guarded_station,
    found_station,
    name_first_supervisor,
    open_desk,
    open_guarded_desk,
    verify_record,
)
from desk.storage.store import Workplace

__all__ = [
    "NOTHING",
    "Against",
    "Desk",
    "Founding",
    "Keys",
    "Workplace",
    "doubts",
    "found_guarded_station",
    "found_station",
    "name_first_supervisor",
    "newest_beside",
    "open_desk",
    "open_guarded_desk",
    "verify_record",
]
