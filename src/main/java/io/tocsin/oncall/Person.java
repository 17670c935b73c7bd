package io.tocsin.oncall;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who can carry the pager.
 *
 * @param name unique among the people, as rotations name them
 * @param email for calendars
 * @param contacts how they are reached, in order of time; none: by the policy's receivers only
 */
public record Person(String name, Optional<String> email, List<ContactRule> contacts) {

  /**
   * One way to reach a person.
   *
   * @param after how long after the page, if nobody acknowledged by then
   * @param receiver name of a receiver of the configuration
   */
  public record ContactRule(Duration after, String receiver) {}

  public Person {
    contacts = List.copyOf(contacts);
  }
}
