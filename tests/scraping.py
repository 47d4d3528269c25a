"""Reading the metrics of a deployment, as Prometheus does."""

import http.client
from urllib.parse import urlsplit

from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import METRICS_TOKEN

BEARER = {"Authorization": f"Bearer {METRICS_TOKEN}"}


def ask(live, number=0, method="GET", **headers):
    parts = urlsplit(live.worker_url(number))
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    try:
        connection.request(method, "/metrics", headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode()
    finally:
        connection.close()


class Numbers:
    """One scrape: `numbers("wewatch_acts_total", type="op")` is a sum over what the labels leave open."""

    def __init__(self, text: str) -> None:
        self.samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]

    def __call__(self, name: str, **labels: str) -> float:
        fitting = [one for one in self.samples if one.name == name and labels.items() <= one.labels.items()]
        return sum(one.value for one in fitting)


def scrape(live, number=0) -> Numbers:
    status, _, text = ask(live, number, **BEARER)
    assert status == 200
    return Numbers(text)
