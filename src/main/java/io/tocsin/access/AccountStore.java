package io.tocsin.access;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where accounts are kept. Calls may block on a database, so never from an event loop. */
public interface AccountStore {

  /** Before and after. */
  record Changed(Account before, Account after) {}

  /** Why a change was not made; the text is fit to show. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Refused(String reason) {
      super(reason, null, false, false);
    }
  }

  /** Every account, by name. */
  List<Account> accounts();

  Optional<Account> find(String id);

  /** The account of a name, whatever the case. */
  Optional<Account> named(String name);

  /** The account that an identity provider calls so. */
  Optional<Account> ofSubject(String subject);

  /**
   * Keeps a new account.
   *
   * @throws Refused when its name, id or subject is taken
   */
  void add(Account account);

  /** Keeps the very first account; false when there is one already. */
  boolean addFirst(Account account);

  /**
   * Changes an account; nobody else changes any meanwhile.
   *
   * @return empty when there is no such account
   * @throws Refused when nobody would be left who administers, or the new name is taken
   */
  Optional<Changed> change(String id, UnaryOperator<Account> edit);

  /**
   * Refuses what would leave nobody who administers; a person of the identity provider is left to
   * the provider, which can make another.
   */
  static void keepOneAdmin(Changed changed, List<Account> all) {
    boolean last =
        changed.before.administers()
            && changed.before.subject().isEmpty()
            && !changed.after.administers()
            && all.stream()
                .noneMatch(it -> it.administers() && !it.id().equals(changed.before.id()));
    if (last) {
      throw new Refused("nobody would be left who administers; make another admin first");
    }
  }
}
