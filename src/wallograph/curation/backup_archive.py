"""A backup as files: a folder, or one `.tar` file with the same members.

In: files, by name. Out: the members with their SHA-256 (`SHA256SUMS`, which `sha256sum -c` reads too); and, from a
backup that somebody hands in, the members again, once every one of them is there and whole. A backup appears under
its name when it is whole and on the disk.
"""

import hashlib
import os
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO, Final

from wallograph.errors import InputError, NotFound, StateError

SUMS: Final = "SHA256SUMS"
MANIFEST: Final = "manifest.json"
TABLES: Final = "tables"
_NAME: Final = re.compile(
    r"manifest\.json|registry\.csv|erasures\.json|erased-statements\.json|webhooks\.sqlite|tables/[a-z_]+\.jsonl|uploads/[\w-][\w.-]*"
    r"|releases/[0-9]{6,}(/[\w-][\w.-]*)+",
    re.ASCII,
)
_SUM: Final = re.compile(r"([0-9a-f]{64})  (\S+)")
_PIECE: Final = 1 << 20


class Writer:
    """What a backup is written into."""

    def __init__(self, path: Path, tar: tarfile.TarFile | None) -> None:
        self._path, self._tar = path, tar
        self._sums: dict[str, str] = {}
        self.size = 0

    def add(self, name: str, source: Path) -> str:
        """Take a file; gives its SHA-256."""
        if not _NAME.fullmatch(name):
            raise StateError(f"'{name}' cannot be in a backup")
        with source.open("rb") as file:
            self._sums[name] = self._put(name, file, os.fstat(file.fileno()).st_size)
        return self._sums[name]

    def write(self, name: str, content: bytes) -> None:
        """Take a content."""
        self._sums[name] = self._put(name, BytesIO(content), len(content))

    def end(self) -> None:
        """The digests of all members, the last one."""
        self.write(SUMS, "".join(f"{self._sums[name]}  {name}\n" for name in sorted(self._sums)).encode())

    def _put(self, name: str, file: BinaryIO, size: int) -> str:
        hashed = _Hashed(file)
        self.size += size
        if self._tar is not None:
            info = tarfile.TarInfo(name)
            info.size, info.mode = size, 0o600
            self._tar.addfile(info, hashed)
        else:
            target = self._path / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with target.open("xb") as out:
                shutil.copyfileobj(hashed, out, _PIECE)
                out.flush()
                os.fsync(out.fileno())
        return hashed.sha.hexdigest()


class _Hashed:
    """A file whose digest is taken while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.sha = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.sha.update(data)
        return data


@contextmanager
def writing(target: Path, *, force: bool) -> Iterator[Writer]:
    """Write a backup to `target`, a folder or a name that ends in .tar. StateError when it is there, or no room."""
    target = target.absolute()
    if target.exists() and not force and not (target.is_dir() and not any(target.iterdir())):
        raise StateError(f"'{target}' is there already; --force replaces it")
    if force and target.is_dir() and any(target.iterdir()) and not (target / SUMS).is_file():
        raise StateError(f"'{target}' is a folder that is no backup: it is not replaced")
    temp = None
    try:
        temp = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        if target.suffix == ".tar":
            with (temp / "tar").open("xb") as file:
                (temp / "tar").chmod(0o600)
                with tarfile.open(fileobj=file, mode="w") as tar:
                    writer = Writer(temp, tar)
                    yield writer
                    writer.end()
                file.flush()
                os.fsync(file.fileno())
            (temp / "tar").replace(target)
        else:
            writer = Writer(temp / "folder", None)
            yield writer
            writer.end()
            (temp / "folder").chmod(0o700)
            if target.exists():
                target.rename(temp / "before")
            (temp / "folder").rename(target)
    except OSError as error:
        raise StateError(f"the backup cannot be written: {error.strerror or error}") from error
    finally:
        if temp is not None:
            shutil.rmtree(temp, ignore_errors=True)


class Reader:
    """A backup that somebody hands in. Its members are what its `SHA256SUMS` says, or it is not read at all."""

    def __init__(self, path: Path, tar: tarfile.TarFile | None) -> None:
        self._path, self._tar = path, tar
        self.sums: dict[str, str] = {}

    def open(self, name: str) -> BinaryIO:
        """A member."""
        if self._tar is None:
            return (self._path / name).open("rb")
        file = self._tar.extractfile(name)
        if file is None:
            raise InputError(f"the backup is damaged: '{name}' is no file")
        return file  # type: ignore[return-value]

    def copy(self, name: str, target: Path) -> None:
        """Write a member to the disk, and see once more that it is whole."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with self.open(name) as file, target.open("xb") as out:
            hashed = _Hashed(file)
            shutil.copyfileobj(hashed, out, _PIECE)
        self._same(name, hashed)

    def check(self) -> None:
        """InputError unless every member is there, whole, and known by its name, and there is no other."""
        names = self._names()
        try:
            with self.open(SUMS) as file:
                found = [_SUM.fullmatch(line) for line in file.read().decode("ascii").splitlines()]
        except (OSError, KeyError, ValueError) as error:
            raise InputError(f"this is no backup, or a damaged one: it has no {SUMS}") from error
        if not found or not all(found):
            raise InputError(f"the backup is damaged: {SUMS} cannot be read")
        self.sums = {match[2]: match[1] for match in found if match}
        if len(names) != len(set(names)) or set(names) != {*self.sums, SUMS}:
            odd = sorted({*self.sums, SUMS} ^ set(names))
            raise InputError(f"the backup is damaged: its files are not those of its list ({', '.join(odd[:3])})")
        for name in sorted(self.sums):
            if not _NAME.fullmatch(name):
                raise InputError(f"the backup has a file that no backup has: '{name}'")
            with self.open(name) as file:
                hashed = _Hashed(file)
                while hashed.read(_PIECE):
                    pass
            self._same(name, hashed)

    def _same(self, name: str, hashed: _Hashed) -> None:
        if hashed.sha.hexdigest() != self.sums[name]:
            raise InputError(f"the backup is damaged: '{name}' is not what was backed up")

    def _names(self) -> list[str]:
        if self._tar is not None:
            members = self._tar.getmembers()
            odd = next((member.name for member in members if not member.isreg()), None)
            names = [member.name for member in members]
        else:
            files = [path for path in self._path.rglob("*") if path.is_symlink() or not path.is_dir()]
            odd = next((str(path) for path in files if path.is_symlink() or not path.is_file()), None)
            names = [path.relative_to(self._path).as_posix() for path in files]
        if odd is not None:
            raise InputError(f"the backup has something that is no plain file: '{odd}'")
        return names


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Open a backup and check all of it; InputError when it is damaged, NotFound when it is not there."""
    if not path.exists():
        raise NotFound(f"there is no backup '{path}'")
    try:
        tar = None if path.is_dir() else tarfile.open(path, mode="r:")  # noqa: SIM115
    except (tarfile.TarError, OSError) as error:
        raise InputError(f"'{path}' is no backup, or a damaged one: {error}") from error
    try:
        reader = Reader(path, tar)
        try:
            reader.check()
        except (tarfile.TarError, OSError, KeyError) as error:
            raise InputError(f"the backup is damaged: {error}") from error
        yield reader
    finally:
        if tar is not None:
            tar.close()
