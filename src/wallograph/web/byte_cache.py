"""Answers that were written already: bytes or texts by key, the least recently used out first.

In: values with their size in bytes. Out: the same values, as long as there is room for them.
"""

from collections import OrderedDict
from threading import Lock
from typing import Any


class ByteCache:
    """Answers that were written already, least recently used out first; bounded by their bytes."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size, self._lock = limit, 0, Lock()
        self._items: OrderedDict[Any, tuple[Any, int]] = OrderedDict()

    @property
    def largest(self) -> int:
        """The bytes of the largest value that is kept."""
        return self._limit // 4

    def get(self, key: Any) -> Any:
        """The value, or None."""
        with self._lock:
            found = self._items.get(key)
            if found is None:
                return None
            self._items.move_to_end(key)
            return found[0]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._items.clear()
            self._size = 0

    def put(self, key: Any, value: Any, size: int) -> None:
        """Keep a value of `size` bytes, if it is not larger than a quarter of the cache."""
        if size > self.largest:
            return
        with self._lock:
            _, old = self._items.pop(key, (None, 0))
            self._items[key] = (value, size)
            self._size += size - old
            while self._size > self._limit:
                self._size -= self._items.popitem(last=False)[1][1]
