package io.tocsin.web;

import io.tocsin.access.AccountDesk;
import io.tocsin.access.AccountStore;
import io.tocsin.access.AuditLog;
import io.tocsin.access.SetupCode;
import io.tocsin.access.TokenDesk;
import io.tocsin.http.AccessSettings;
import io.tocsin.http.Authentication;
import io.tocsin.http.PasswordLogin;
import io.tocsin.http.Sessions;
import io.tocsin.http.oidc.SignOn;
import java.net.URI;
import java.util.Optional;

/**
 * What the pages need with which people log in and administer.
 *
 * @param passwords empty where people have no passwords here
 * @param signOn the identity provider, if there is one
 * @param accounts for people whom the provider brings
 * @param setup for the first admin
 * @param console the console's address as people open it
 */
public record AccessPorts(
    AccessSettings settings,
    Authentication authentication,
    Sessions sessions,
    Optional<PasswordLogin> passwords,
    Optional<SignOn> signOn,
    AccountDesk desk,
    AccountStore accounts,
    TokenDesk tokens,
    AuditLog audit,
    SetupCode setup,
    URI console) {}
