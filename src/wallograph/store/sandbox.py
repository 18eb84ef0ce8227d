"""The wall around processes that run other people's queries: a seccomp filter without network (design M4).

In: nothing. Out: `raise_wall()`, which can never be undone in this process and its children, and
`probe_wall()`, which tries it in a child. Linux (x86_64, aarch64), without privileges or packages.

Denied with EPERM: new sockets of any kind, connecting, binding and listening; io_uring (it can do all of
these); starting programs; looking into other processes. What is open already keeps working.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from contextlib import suppress
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_M_ARENA_MAX: Final = -8
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2

_LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_EQUAL: Final = 0x15
_JUMP_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_DENY: Final = 0x00050000 | errno.EPERM
_NUMBER_AT: Final = 0  # offsets in struct seccomp_data
_ARCH_AT: Final = 4
_X32_BIT: Final = 0x40000000

# The same on both architectures: io_uring_setup, io_uring_enter, io_uring_register, pidfd_getfd.
_COMMON: Final = (425, 426, 427, 438)
# AUDIT_ARCH, then: socket, socketpair, connect, bind, listen, ptrace, execve, execveat, process_vm_readv and
# process_vm_writev.
_ARCHITECTURES: Final = {
    "x86_64": (0xC000003E, (41, 53, 42, 49, 50, 101, 59, 322, 310, 311)),
    "aarch64": (0xC00000B7, (198, 199, 203, 200, 201, 117, 221, 281, 270, 271)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _filter(arch: int, denied: tuple[int, ...]) -> bytes:
    """The BPF program: another architecture, the x32 numbers and every denied call jump to the last line."""
    last = len(denied) + 5  # index of the instruction that denies
    program = [
        _instruction(_LOAD, _ARCH_AT),
        _instruction(_JUMP_EQUAL, arch, if_false=last - 2),
        _instruction(_LOAD, _NUMBER_AT),
        _instruction(_JUMP_AT_LEAST, _X32_BIT, if_true=last - 4),
    ]
    for number in denied:
        program.append(_instruction(_JUMP_EQUAL, number, if_true=last - len(program) - 1))
    program.append(_instruction(_RETURN, _ALLOW))
    program.append(_instruction(_RETURN, _DENY))
    return b"".join(program)


def raise_wall() -> bool:
    """Deny the network to this process for ever; False if this system cannot."""
    known = _ARCHITECTURES.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None or sys.maxsize < 2**32:
        return False
    code = _filter(known[0], known[1] + _COMMON)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return False
    zero = ctypes.c_ulong(0)
    if prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), zero, zero, zero) != 0:
        return False
    return bool(prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), ctypes.byref(program), zero, zero) == 0)


def probe_wall() -> bool:
    """Whether the wall can be raised here: tried in a child, this process stays as it is."""
    child = os.fork()
    if child == 0:
        os._exit(0 if raise_wall() else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def one_heap() -> None:
    """Let all threads of this process share a heap (glibc; elsewhere nothing).

    Each thread of a store may else reserve 128 MB of addresses for a heap of its own: when many began at once, an
    address limit was reached by what nobody uses, and the process ended.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def die_with_parent(signal: int) -> None:
    """Let the kernel send `signal` to this process when its parent ends (Linux; elsewhere nothing)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal), 0, 0, 0)
