package io.tocsin.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Accounts for as long as the process lives. */
public final class MemoryAccountStore implements AccountStore {

  private final List<Account> all = new ArrayList<>();

  @Override
  public synchronized List<Account> accounts() {
    return all.stream()
        .sorted(Comparator.comparing(account -> account.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  @Override
  public synchronized Optional<Account> find(String id) {
    return first(account -> account.id().equals(id));
  }

  @Override
  public synchronized Optional<Account> named(String name) {
    return first(account -> account.name().equalsIgnoreCase(name));
  }

  @Override
  public synchronized Optional<Account> ofSubject(String subject) {
    return first(account -> account.subject().filter(subject::equals).isPresent());
  }

  private Optional<Account> first(Predicate<Account> wanted) {
    return all.stream().filter(wanted).findFirst();
  }

  @Override
  public synchronized void add(Account account) {
    if (named(account.name()).isPresent()
        || find(account.id()).isPresent()
        || account.subject().flatMap(this::ofSubject).isPresent()) {
      throw new Refused("the name " + account.name() + " is taken");
    }
    all.add(account);
  }

  @Override
  public synchronized boolean addFirst(Account account) {
    return all.isEmpty() && all.add(account);
  }

  @Override
  public synchronized Optional<Changed> change(String id, UnaryOperator<Account> edit) {
    Optional<Changed> changed = find(id).map(before -> new Changed(before, edit.apply(before)));
    changed.ifPresent(
        it -> {
          AccountStore.keepOneAdmin(it, all);
          if (named(it.after().name()).filter(other -> !other.id().equals(id)).isPresent()) {
            throw new Refused("the name " + it.after().name() + " is taken");
          }
          all.replaceAll(account -> account.id().equals(id) ? it.after() : account);
        });
    return changed;
  }
}
