"""What can go wrong between this computer and a service, each one sentence with a way out; nothing held is touched."""

from __future__ import annotations

KEPT = "What was held before stays as it was."


class PullProblem(Exception):
    """Figures could not be fetched; ``str()`` says why and what to do. Nothing held has changed."""


class NoNetwork(PullProblem):
    """The service's computer was not reached."""

    def __init__(self, host: str, reason: str) -> None:
        self.host = host
        super().__init__(
            f"{host} cannot be reached ({reason}). Connect this computer to the internet, or set HTTPS_PROXY, and "
            f"give the command again: pages that have come are kept. {KEPT}"
        )


class ServiceBusy(PullProblem):
    """The service asks to be left alone for longer than is worth waiting."""

    def __init__(self, host: str, seconds: float) -> None:
        self.host, self.seconds = host, seconds
        super().__init__(
            f"{host} asks to wait {seconds / 60:.0f} minutes. Give the command again then: pages that have come are "
            f"kept. {KEPT}"
        )


class ServiceFailed(PullProblem):
    """The service was reached and failed, again and again."""

    def __init__(self, url: str, status: int) -> None:
        self.url, self.status = url, status
        super().__init__(f"The service failed (HTTP {status}) at {url}. Try again later. {KEPT}")


class ServiceRefused(PullProblem):
    """The service does not know, or does not give, what was asked for."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"The service refused {url}: {reason}. Check the country and the series. {KEPT}")


class AnswerUnreadable(PullProblem):
    """The service answered with something else than its documentation says."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(
            f"The answer of {url} is not what the service documents: {reason}. The service may have changed; "
            f"python3 manage.py pull --check says whether it still works. {KEPT}"
        )


class AnswerTooLarge(PullProblem):
    """An answer is larger than any that is expected."""

    def __init__(self, url: str, limit: int) -> None:
        super().__init__(f"The answer of {url} is larger than {limit // 1_000_000} MB and was not read. {KEPT}")


class NotOffered(PullProblem):
    """A connector offers no such series or country."""


class NothingHeld(PullProblem):
    """The service holds no figure of the series for the country."""

    def __init__(self, title: str, series: str, country: str) -> None:
        super().__init__(f"{title} holds no figure of {series} for {country} that can be used here. {KEPT}")
