package io.tocsin.access;

import java.util.random.RandomGenerator;

/** Computes and compares hashes of passwords; each call takes tens of milliseconds of one core. */
public interface Hashing {

  PasswordHash hash(String password);

  boolean matches(String password, PasswordHash stored);

  /** On the caller's own thread, for a command line. */
  static Hashing plain(Argon2id cost, RandomGenerator secureRandom) {
    return new Hashing() {
      @Override
      public PasswordHash hash(String password) {
        return cost.hash(password, secureRandom);
      }

      @Override
      public boolean matches(String password, PasswordHash stored) {
        return Argon2id.matches(password, stored);
      }
    };
  }
}
