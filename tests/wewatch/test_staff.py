"""The first account of the staff: made once, with a password worth the name, and it opens the admin."""

import http.cookiejar
import os
import pty
import re
import subprocess
import sys
import urllib.parse
import urllib.request

from tests.live import ROOT

NAME, PASSWORD = "DJANGO_SUPERUSER_USERNAME", "DJANGO_SUPERUSER_PASSWORD"
GOOD = "seven quiet otters"
COMMAND = [sys.executable, "-m", "wewatch.staff"]


def make(folder, **given):
    env = {name: value for name, value in os.environ.items() if name not in (NAME, PASSWORD)}
    env |= {"DATA_DIR": str(folder), **given}
    return subprocess.run(COMMAND, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def test_an_account_opens_the_admin(live):
    made = make(live.data_dir, **{NAME: "keeper", PASSWORD: GOOD})
    assert (made.returncode, "/admin/" in made.stdout) == (0, True), made.stderr
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = opener.open(f"{live.url}/admin/login/?next=/admin/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    fields = {"csrfmiddlewaretoken": token, "username": "keeper", "password": GOOD, "next": "/admin/"}
    answer = opener.open(f"{live.url}/admin/login/", urllib.parse.urlencode(fields).encode())
    assert (answer.url, "keeper" in answer.read().decode()) == (f"{live.url}/admin/", True)


def test_a_name_that_is_taken_makes_no_second_account(tmp_path):
    assert make(tmp_path, **{NAME: "keeper", PASSWORD: GOOD}).returncode == 0
    again = make(tmp_path, **{NAME: "keeper", PASSWORD: GOOD})
    assert (again.returncode, "already taken" in again.stderr) == (1, True)


def test_a_weak_password_makes_no_account(tmp_path):
    made = make(tmp_path, **{NAME: "keeper", PASSWORD: "12345"})
    assert made.returncode == 1
    assert "too short" in made.stderr
    assert make(tmp_path, **{NAME: "keeper", PASSWORD: GOOD}).returncode == 0  # the name is still free


def test_without_a_terminal_it_says_what_to_set(tmp_path):
    made = make(tmp_path)
    assert made.returncode == 1
    assert f"Set {NAME} and {PASSWORD}" in made.stderr
    assert "Traceback" not in made.stderr


def test_at_a_terminal_it_asks(tmp_path):
    ours, theirs = pty.openpty()
    env = os.environ | {"DATA_DIR": str(tmp_path)}
    process = subprocess.Popen(
        COMMAND, cwd=ROOT, env=env, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    try:
        heard = b""
        while b"Username" not in heard:
            heard += os.read(ours, 1024)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
