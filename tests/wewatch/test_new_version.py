"""A worker while its folder gets the next version: what it shows is of one version, what the next one shows it serves."""

import os
import re
import subprocess
import sys
import uuid

import pytest
from django.conf import settings

from tests.people import Person
from tests.test_structure import ROOT

WITHOUT_FILES = """
from pathlib import Path
from django.conf import settings
from django.template import engines
from django.template.loader import get_template
import wewatch.asgi
from wewatch import scripts

[folder] = settings.TEMPLATES[0]["DIRS"]
names = [str(path.relative_to(folder)) for path in Path(folder).rglob("*.html")]
engines["django"].engine.dirs.clear()
settings.SCRIPTS = Path("/nowhere")
for name in names:
    get_template(name)
print(len(names), len(scripts.files()))
"""


UNBUILT = """
import sys
from pathlib import Path
from django.conf import settings
from wewatch import server

settings.SCRIPTS = Path("/nowhere/scripts.json")
sys.argv = ["server", "--port", "0"]
server.main()
"""


@pytest.fixture
def newcomer():
    """The URL of a file that came after the workers had started, and what is in it."""
    folder = settings.STATIC_ROOT / f"test-{uuid.uuid4().hex}"
    folder.mkdir()
    (folder / "next.css").write_text("body {}")
    yield f"/static/{folder.name}/next.css"
    (folder / "next.css").unlink()
    folder.rmdir()


def test_a_worker_reads_all_templates_and_scripts_before_it_serves(tmp_path):
    env = {**os.environ, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "wewatch.settings"}
    done = subprocess.run([sys.executable, "-c", WITHOUT_FILES], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert all(int(count) > 0 for count in done.stdout.split())


def test_a_worker_in_a_folder_that_is_not_built_says_so_in_one_line(tmp_path):
    env = {**os.environ, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "wewatch.settings"}
    done = subprocess.run([sys.executable, "-c", UNBUILT], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert re.fullmatch(
        r"We Watch cannot start: the static files are not built \(.+\)\. Run make init\.\n", done.stderr
    )


def test_a_file_of_the_next_version_is_served_by_a_worker_of_this_one(live, newcomer):
    reply = Person(live.url).get(newcomer)
    assert (reply.status, reply.text) == (200, "body {}")
    assert reply.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize(
    "path", ["../manage.py", "..%2Fmanage.py", "%2e%2e/manage.py", "/etc/passwd", "%00", "", ".", "img", "x" * 5000]
)
def test_nothing_but_static_files_is_served_for_that(live, path):
    assert Person(live.url).get(f"/static/{path}").status == 404


def test_a_file_has_one_name(live, newcomer):
    folder, name = newcomer.removeprefix("/static/").split("/")
    for other in (f"./{folder}/{name}", f"{folder}//{name}", f"{folder}/../{folder}/{name}"):
        assert Person(live.url).get(f"/static/{other}").status == 404
