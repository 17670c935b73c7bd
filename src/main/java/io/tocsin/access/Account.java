package io.tocsin.access;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person who may log in.
 *
 * @param id unique, never reused
 * @param name by which they log in and are named in timelines; unique whatever the case
 * @param role what they may do
 * @param password empty for those who come from an identity provider
 * @param subject who they are to the identity provider, issuer and subject; empty for local ones
 * @param disabled whether they are kept out
 * @param created when
 * @param lastLogin when they last logged in
 */
public record Account(
    String id,
    String name,
    Role role,
    Optional<PasswordHash> password,
    Optional<String> subject,
    boolean disabled,
    Instant created,
    Optional<Instant> lastLogin) {

  /** What a name may look like. */
  public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");

  public Account {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: found \""
              + name
              + "\", expected 1 to 64 letters, digits and . _ @ + -, a letter or digit first");
    }
  }

  /** A person who logs in with a password. */
  public static Account local(
      String id, String name, Role role, PasswordHash password, Instant now) {
    return new Account(
        id, name, role, Optional.of(password), Optional.empty(), false, now, Optional.empty());
  }

  /** A person whom an identity provider vouches for. */
  public static Account foreign(String id, String name, Role role, String subject, Instant now) {
    return new Account(
        id, name, role, Optional.empty(), Optional.of(subject), false, now, Optional.empty());
  }

  public Account named(String other) {
    return new Account(id, other, role, password, subject, disabled, created, lastLogin);
  }

  public Account as(Role other) {
    return new Account(id, name, other, password, subject, disabled, created, lastLogin);
  }

  public Account with(PasswordHash other) {
    return new Account(id, name, role, Optional.of(other), subject, disabled, created, lastLogin);
  }

  public Account disabled(boolean out) {
    return new Account(id, name, role, password, subject, out, created, lastLogin);
  }

  public Account seen(Instant now) {
    return new Account(id, name, role, password, subject, disabled, created, Optional.of(now));
  }

  /** Whether they may log in and administer. */
  public boolean administers() {
    return role == Role.ADMIN && !disabled;
  }
}
