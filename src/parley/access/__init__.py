"""Coming in: passwords and sign-in, browser sessions, API tokens, one-time links, and the gate before every route."""

from parley.access.address import client_address, client_info
from parley.access.browser_session import ClientInfo
from parley.access.context import Context
from parley.access.cookie import COOKIE, no_cookie, session_cookie
from parley.access.create_token import LONGEST as LONGEST_TOKEN
from parley.access.create_token import check_token, create_token
from parley.access.credential import Credential, Kind
from parley.access.declared import UndeclaredRoute, check_routes, scope_of
from parley.access.find_tokens import find_token, find_tokens, tokens_of
from parley.access.gate import Gate, bearer_of, cookie_of, visitor_of
from parley.access.hasher import Hasher
from parley.access.invite import Invitation, has_password, invite
from parley.access.offer_reset import ResetOffer, offer_reset
from parley.access.remove_access import remove_access
from parley.access.reset_password import find_holder, redeem_reset, request_reset
from parley.access.revoke_token import revoke_token
from parley.access.set_password import change_password, set_password
from parley.access.setup import find_setup, redeem_setup, setup_link
from parley.access.sign_in import SignedIn, sign_in
from parley.access.sign_out import revoke_session, sessions_of, sign_out, sign_out_others
from parley.access.strength import password_errors
from parley.access.throttle import AttemptLimit, address_limit, check_limits, count_guess, take_back
from parley.access.token import Token
from parley.people import PUBLIC, needs

__all__ = [
    "COOKIE",
    "LONGEST_TOKEN",
    "PUBLIC",
    "AttemptLimit",
    "ClientInfo",
    "Context",
    "Credential",
    "Gate",
    "Hasher",
    "Invitation",
    "Kind",
    "ResetOffer",
    "SignedIn",
    "Token",
    "UndeclaredRoute",
    "address_limit",
    "bearer_of",
    "change_password",
    "check_limits",
    "check_routes",
    "check_token",
    "client_address",
    "client_info",
    "cookie_of",
    "count_guess",
    "create_token",
    "find_holder",
    "find_setup",
    "find_token",
    "find_tokens",
    "has_password",
    "invite",
    "needs",
    "no_cookie",
    "offer_reset",
    "password_errors",
    "redeem_reset",
    "redeem_setup",
    "remove_access",
    "request_reset",
    "revoke_session",
    "revoke_token",
    "scope_of",
    "session_cookie",
    "sessions_of",
    "set_password",
    "setup_link",
    "sign_in",
    "sign_out",
    "sign_out_others",
    "take_back",
    "tokens_of",
    "visitor_of",
]
