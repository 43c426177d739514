"""Where a database may lie: a local disk."""

from __future__ import annotations

from pathlib import Path

from desk.errors import StoreError
from desk.i18n import _

_MOUNTS = Path("/proc/self/mounts")
_OVER_THE_NETWORK = frozenset(
    {
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs",
        "fuse.glusterfs",
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
    }
)


def refuse_network(path: Path, mounts: Path = _MOUNTS) -> None:
    """Refuses a file system whose locks cannot be trusted, where the system names it.

    Only Linux does; elsewhere nothing is refused.

    Raises:
        StoreError: the path lies on a network file system.
    """
    kind = _file_system(path.resolve(), mounts)
    if kind in _OVER_THE_NETWORK:
        raise StoreError(
            "network_disk",
            _("The data folder is on a network disk ({kind}), where commits can be lost.").format(
                kind=kind
            ),
            _("Keep the data folder on a local disk of this PC."),
        )


def _file_system(path: Path, mounts: Path) -> str | None:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    found: tuple[int, str | None] = (-1, None)
    for line in lines:
        _device, mounted, kind, *_rest = line.split(" ")
        # Spaces in a mounted folder's name are written as an octal escape.
        folder = Path(mounted.replace("\\040", " "))
        if path.is_relative_to(folder):
            found = max(found, (len(folder.parts), kind), key=lambda each: each[0])
    return found[1]
