"""The keys to the API: issued, revoked, used."""

from datetime import date, datetime, timedelta

from attrs import frozen

from ecf_core.errors import NotFound, Refused, Violation
from ecf_core.events import TokenIssued, TokenRevoked
from ecf_core.model.actor import Actor
from ecf_core.model.ids import LeadProviderId, TokenId
from ecf_core.model.instants import midnight
from ecf_core.model.token import ApiToken, token_hash
from ecf_core.ports.clock import Clock
from ecf_core.ports.randomness import NewId, NewSecret
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.use_cases.transaction import in_transaction


@frozen
class IssuedToken:
    """A token and its secret, which is told this once: only its hash is stored."""

    token: ApiToken
    secret: str


@frozen(kw_only=True)
class IssueToken:
    """Gives a lead provider a key to the API, for good or to the end of a day (UTC).

    Raises :class:`~ecf_core.errors.Refused`.
    """

    begin: Begin
    clock: Clock
    new_id: NewId
    new_secret: NewSecret

    def __call__(
        self, lead_provider_id: LeadProviderId, *, expires: date | None, by: Actor
    ) -> IssuedToken:
        now = self.clock.now()
        if expires is not None and expires < now.date():
            raise Refused(Violation("expires", "invalid", f"{expires} has gone by."))
        secret = self.new_secret()
        token = ApiToken(
            id=TokenId(self.new_id()),
            lead_provider_id=lead_provider_id,
            hash=token_hash(secret),
            created_at=now,
            expires_at=_end_of(expires) if expires else None,
        )

        def decide(work: UnitOfWork) -> IssuedToken:
            if all(known.id != lead_provider_id for known in work.providers.lead_providers()):
                raise Refused(
                    Violation("lead_provider_id", "invalid", "Enter a valid '#/lead_provider_id'.")
                )
            work.tokens.add(token)
            issued = TokenIssued(
                token_id=token.id, lead_provider_id=lead_provider_id, expires=expires
            )
            work.record(issued, by=by, at=now)
            return IssuedToken(token, secret)

        return in_transaction(self.begin, decide)


def _end_of(day: date) -> datetime:
    """The midnight that ends a day; the calendar's last day ends a day early."""
    return midnight(min(day, date.max - timedelta(days=1)) + timedelta(days=1))


@frozen(kw_only=True)
class RevokeToken:
    """Takes a key to the API back, at once. Raises :class:`~ecf_core.errors.NotFound`."""

    begin: Begin
    clock: Clock

    def __call__(self, token_id: TokenId, *, by: Actor) -> None:
        def decide(work: UnitOfWork) -> None:
            token = work.tokens.find(token_id)
            if token is None:
                raise NotFound(Violation("id", "invalid", "There is no token with this id."))
            if token.revoked_at is not None:
                return
            now = self.clock.now()
            work.tokens.revoke(token_id, at=now)
            revoked = TokenRevoked(token_id=token_id, lead_provider_id=token.lead_provider_id)
            work.record(revoked, by=by, at=now)

        in_transaction(self.begin, decide)


@frozen(kw_only=True)
class NoteTokenUse:
    """Notes when a key was last used. Support looks at it; it is no event."""

    begin: Begin
    clock: Clock

    def __call__(self, token_id: TokenId) -> None:
        with self.begin() as work:
            work.tokens.note_use(token_id, at=self.clock.now())
            work.commit()
