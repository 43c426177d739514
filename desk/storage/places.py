"""Where a database may lie: a local disk."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from desk.errors import StoreError
from desk.i18n import _

_MOUNTS = Path("/proc/self/mounts")
_UNC = "UNC"
"""What Windows calls the name of a folder on a server."""

_OVER_THE_NETWORK = frozenset(
    {
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs",
        "fuse.curlftpfs",
        "fuse.glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
        _UNC,
    }
)


_ESCAPED = re.compile(r"\\(\d{3})")
"""How a space, tab, line break or backslash in a mounted folder's name is written."""


def refuse_network(path: Path, mounts: Path = _MOUNTS) -> None:
    """Refuses a file system whose locks cannot be trusted, where the system names it.

    Linux names each, and Windows those of a server; elsewhere nothing is refused.

    Raises:
        StoreError: the path lies on a network file system.
    """
    true = path.resolve()
    kind = _UNC if is_on_a_server(true) else _file_system(true, mounts)
    if kind in _OVER_THE_NETWORK:
        raise StoreError(
            "network_disk",
            _("The data folder is on a network disk ({kind}), where commits can be lost.").format(
                kind=kind
            ),
            _("Keep the data folder on a local disk of this PC."),
        )


def is_on_a_server(path: PurePath) -> bool:
    r"""Returns whether Windows finds the path on a server, as in ``\\server\share``."""
    drive = path.drive.upper()
    is_long = drive.startswith("\\\\?\\")
    return drive.startswith("\\\\?\\UNC\\" if is_long else "\\\\")


def _file_system(path: Path, mounts: Path) -> str | None:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    nearest: tuple[int, str | None] = (-1, None)
    for line in lines:
        _device, mounted, kind, *_rest = line.split(" ")
        folder = Path(_ESCAPED.sub(lambda escape: chr(int(escape[1], 8)), mounted))
        # Of two on one folder the later hides the earlier, as a share does what mounts it.
        if path.is_relative_to(folder) and len(folder.parts) >= nearest[0]:
            nearest = (len(folder.parts), kind)
    return nearest[1]
