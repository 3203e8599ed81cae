"""People who search, for locust: `KAMERZOEK_LOAD` is a file of queries, a line each.

A person thinks one to three seconds between two pages, and does what people do on the site: search,
narrow, turn a page, open the best hit, begin to type, and now and then ask as a program does.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

from locust import FastHttpUser, between, task

QUERIES = Path(os.environ["KAMERZOEK_LOAD"]).read_text("utf-8").splitlines()
HIT = re.compile(r'<h3><a href="(/papers/[^"]+)"')


class Person(FastHttpUser):
    """Someone with a question."""

    wait_time = between(1, 3)

    def on_start(self) -> None:
        """Begin with a seed of one's own, so that a run can be repeated."""
        self.random = random.Random(self.environment.runner.user_count)
        self.hits: list[str] = []
        self.query = self.random.choice(QUERIES)

    @task(10)
    def search(self) -> None:
        """Search for something else."""
        self.query = self.random.choice(QUERIES)
        self._page("zoeken")

    @task(2)
    def narrow(self) -> None:
        """Narrow the last search by a filter."""
        self._page("verfijnen", sort="newest")

    @task(2)
    def turn(self) -> None:
        """Look at the second page of the last search."""
        self._page("bladeren", page="2")

    @task(4)
    def open(self) -> None:
        """Open a hit of the last search, with its words marked."""
        if self.hits:
            self._get(self.random.choice(self.hits).partition("#")[0].replace("&amp;", "&"), "stuk")

    @task(3)
    def type(self) -> None:
        """Begin to type: the box asks how it may go on."""
        begin = self.query[: self.random.randint(3, 8)]
        self.client.get("/api/v1/suggest", params={"q": begin}, name="aanvullen")

    @task(3)
    def program(self) -> None:
        """Ask as a program does."""
        query = {"q": self.random.choice(QUERIES), "size": "20"}
        self.client.get("/api/v1/search", params=query, name="api")

    def _page(self, name: str, **more: str) -> None:
        answer = self.client.get("/", params={"q": self.query, **more}, name=name)
        self.hits = HIT.findall(answer.text or "") if answer.status_code == 200 else []

    def _get(self, address: str, name: str) -> None:
        self.client.get(address, name=name)
