"""A real nginx on loopback over a static copy, with its own prefix, pid file and port, as the user of the tests."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from serving import free_port

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
_FRAME = """{user}daemon off; pid {prefix}/pid; error_log {prefix}/error.log warn; worker_processes 1;
events {{ worker_connections 128; }}
http {{
  access_log off;
  client_body_temp_path {prefix}/t1; proxy_temp_path {prefix}/t2; fastcgi_temp_path {prefix}/t3;
  uwsgi_temp_path {prefix}/t4; scgi_temp_path {prefix}/t5;
  include {prefix}/site.conf;
}}
"""


@contextmanager
def nginx_over(copy: Path, prefix: Path) -> Iterator[int]:
    """Serve a copy as its own configuration says, but for the port; gives the port."""
    port = free_port()
    prefix.mkdir(exist_ok=True)
    text = (copy / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("  listen [::]:80;\n", "")
    # As root it would change to a user who may not read the folders of the tests.
    user = "user root;\n" if os.geteuid() == 0 else ""
    (prefix / "site.conf").write_text(text, encoding="utf-8")
    (prefix / "nginx.conf").write_text(_FRAME.format(prefix=prefix, user=user), encoding="utf-8")
    command = [NGINX, "-p", str(prefix), "-c", str(prefix / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=30)
    said = re.sub(r".*could not open error log.*\n", "", checked.stderr)
    assert checked.returncode == 0 and "[warn]" not in said, checked.stderr
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, time.monotonic() + 10)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def _wait(port: int, until: float) -> None:
    while time.monotonic() < until:
        try:
            with urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nginx does not answer")
