"""Proves that an image holds exactly what its constraints say, and that Airflow imports where that is affordable."""

import importlib.metadata
import os
import re
import sys


def normalise(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins(path: str) -> dict[str, str]:
    with open(path, encoding="utf-8") as lines:
        pairs = (line.strip().split("==") for line in lines if line.strip() and not line.startswith("#"))
        return {normalise(name): version for name, version in pairs}


def emulated() -> bool:
    """Whether a user-mode emulator runs us: the kernel shows it in the parent's command line."""
    with open(f"/proc/{os.getppid()}/cmdline", "rb") as cmdline:
        interpreter = cmdline.read().split(b"\0")[0]
    return b"qemu" in interpreter or b"binfmt" in interpreter


pins = read_pins(sys.argv[1])
installed = {normalise(each.metadata["Name"]): each.version for each in importlib.metadata.distributions()}
wrong = {name: (version, pins.get(name)) for name, version in installed.items() if pins.get(name) != version}
if wrong:
    sys.exit(f"installed versions that are not the pinned ones: {wrong}")
print(f"{len(installed)} installed packages are exactly the pinned ones")

if emulated():
    print("emulated: the import takes minutes here and is proved on the native leg")
else:
    import airflow

    print(f"airflow {airflow.__version__} imports")
