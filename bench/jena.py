"""Jena's SHACL engine as Debian packs it (libapache-jena-java): where it is, and the command that runs it.

In: nothing but what stands under /usr/share/java. Out: a class path, or None when Jena is not installed.
"""

import re
import shutil
import zipfile
from pathlib import Path
from typing import Final

JARS: Final = Path("/usr/share/java")
MAIN: Final = Path(__file__).resolve().parent / "Judge.java"
# The other jars of the folder are not Jena's: several bindings of slf4j at once clash.
_NEEDED: Final = re.compile(
    r"(jena|slf4j-(api|nop)|thrift|libthrift|commons-|guava|failureaccess|jsonld|jackson-|gson|httpc|protobuf|titanium"
    r"|jakarta\.json|javax\.json|jsonp|dexx)"
)
_VERSIONED: Final = re.compile(r"-\d[\w.\-]*\.jar$")
_RESOURCES: Final = "org/apache/jena/ext/xerces/"


def installed() -> str | None:
    """The version of Jena, or None."""
    if shutil.which("java") is None:
        return None
    found = sorted(path.stem.removeprefix("jena-shacl-") for path in JARS.glob("jena-shacl-*.jar"))
    return found[-1] if found else None


def command(folder: Path, megabytes: int) -> list[str]:
    """The beginning of the command; three paths follow. `folder` is for what Debian's jar does not find.

    The classes of Xerces stand under `xerces/` in that jar and their resources under the name they have in Jena.
    """
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(_RESOURCES) and not name.endswith(("/", ".class")):
                target = folder / "xerces" / name.removeprefix(_RESOURCES)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    every = (path for path in JARS.glob("*.jar") if _NEEDED.match(path.name) and not _VERSIONED.search(path.name))
    jars = sorted(str(path) for path in every)
    return ["java", f"-Xmx{megabytes}m", "-cp", ":".join([str(folder), *jars]), str(MAIN)]
