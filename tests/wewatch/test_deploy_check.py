"""`manage.py check --deploy` in production settings, and that browsers are then told to stay with https."""

import os
import subprocess
import sys

import pytest

from tests.live import ROOT

PRODUCTION = {
    "PUBLIC_URL": "https://watch.example",
    "TRUSTED_PROXIES": "1",
    "REDIS_URL": "rediss://store.example:6380/0",
}
HSTS = """
import django; django.setup()
from django.test import Client
told = [Client().get("/admin/login/", HTTP_HOST="watch.example", HTTP_X_FORWARDED_PROTO=scheme) for scheme in ("https", "http")]
print([reply.status_code for reply in told], ["Strict-Transport-Security" in reply for reply in told])
"""


@pytest.fixture
def run(tmp_path):
    """Runs Python in a process of its own, with production settings changed as given."""

    def run(*arguments, **changed):
        env = {**os.environ, **PRODUCTION, "DATA_DIR": str(tmp_path), "DEBUG": "", **changed}
        return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True)

    return run


CHECK = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")


def test_the_check_finds_nothing_in_production_settings(run):
    checked = run(*CHECK)
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stderr


def test_the_check_finds_what_is_wrong(run):
    checked = run(*CHECK, DEBUG="1", TRUSTED_PROXIES="0", SECRET_KEY="k" * 60)
    assert checked.returncode == 1
    for found in ("security.W009", "security.W018", "wewatch.W001"):
        assert found in checked.stderr


def test_https_is_told_to_last_where_a_proxy_of_ours_says_that_it_is_https(run):
    assert run("-c", HSTS).stdout == "[200, 200] [True, False]\n"
    assert run("-c", HSTS, TRUSTED_PROXIES="0").stdout == "[200, 200] [False, False]\n"
