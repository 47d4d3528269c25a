"""The dashboard, the sample of Prometheus' settings and the page speak of metrics that there are."""

import json
import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.test_structure import ROOT
from wewatch import metrics
from wewatch.counting import exposition

NAME = re.compile(r"\bwewatch_[a-z_]+")
DASHBOARD = json.loads((ROOT / "deploy" / "grafana.json").read_text())
TARGETS = [(panel["title"], target["expr"]) for panel in DASHBOARD["panels"] for target in panel["targets"]]
OTHERS = {"up"}  # Prometheus' own


def series() -> dict[str, set[str]]:
    """The names under which Prometheus knows what there is, each with its labels."""
    found = {}
    for family in metrics.REGISTRY.collect():
        endings = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"], "gauge": [""]}[family.type]
        metric = metrics.REGISTRY._names_to_collectors[family.name]
        for ending in endings:
            found[family.name + ending] = {*metric._labelnames, *({"le"} if ending == "_bucket" else ())}
    return found


def test_every_panel_asks_for_something():
    assert len(DASHBOARD["panels"]) >= 12
    assert all(panel["targets"] for panel in DASHBOARD["panels"])
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


@pytest.mark.parametrize(("title", "expr"), TARGETS, ids=[f"{title}-{i}" for i, (title, _) in enumerate(TARGETS)])
def test_what_a_panel_asks_for_exists_with_its_labels(title, expr):
    known, names = series(), set(NAME.findall(expr))
    asked = set(re.findall(r"[({ ,](\w+)(?=[{\[])", expr)) - {"by"}
    assert names or asked & OTHERS
    assert asked <= known.keys() | OTHERS
    labels = {*re.findall(r'(\w+)="', expr)} | {
        one for by in re.findall(r"by \(([\w, ]+)\)", expr) for one in by.split(", ")
    }
    assert labels <= {"job"}.union(*(known[name] for name in names))
    assert expr.count("(") == expr.count(")")


def test_the_dashboard_shows_every_metric_and_the_page_explains_it():
    shown = {name for _, expr in TARGETS for name in NAME.findall(expr)}
    page = set(re.findall(r"^\| `(wewatch_\w+)`", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE))
    families = {family.name for family in metrics.REGISTRY.collect()}
    assert {name for name in families if not any(one.startswith(name) for one in shown)} == set()
    plain = {re.sub(r"_(bucket|sum|count)$", "", name) for name in series()}
    assert page == plain


def test_what_is_told_without_a_folder_can_be_read():
    assert {family.name for family in text_string_to_metric_families(exposition().decode())} >= {"wewatch_viewers"}
