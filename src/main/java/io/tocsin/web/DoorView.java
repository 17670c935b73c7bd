package io.tocsin.web;

import java.util.Optional;

/**
 * What stands where a private status page would be.
 *
 * @param state what has happened
 * @param tokens whether tokens open the page
 * @param signOn what the button to the identity provider says, if that opens the page
 * @param back where the reader wanted to go
 * @param reason what the identity provider's answer was wrong about, or {@code ""}
 * @param elsewhere where a reader signs out of the provider, to come back as somebody else
 */
public record DoorView(
    State state,
    boolean tokens,
    Optional<String> signOn,
    String back,
    String reason,
    Optional<String> elsewhere) {

  /** What has happened, with the status that says so to programs. */
  public enum State {
    /** Nothing yet. */
    SHUT(401),
    /** The token is not known. */
    WRONG_TOKEN(401),
    /** The provider knows them; none of their groups may read. */
    NO_MEMBER(403),
    /** The provider's answer does not hold, or it did not answer. */
    REFUSED(403),
    /** Too many came from there. */
    BUSY(429),
    /** They are in. */
    INSIDE(200);

    private final int status;

    State(int status) {
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  static DoorView of(PageDoor door, State state, String back) {
    return new DoorView(state, door.takesTokens(), door.signOn(), back, "", Optional.empty());
  }

  DoorView because(String words) {
    return new DoorView(state, tokens, signOn, back, words, elsewhere);
  }

  DoorView elsewhere(Optional<String> address) {
    return new DoorView(state, tokens, signOn, back, reason, address);
  }

  /** Whether the token's field is all there is. */
  public boolean tokenOnly() {
    return signOn.isEmpty();
  }

  public boolean inside() {
    return state == State.INSIDE;
  }

  public boolean wrongToken() {
    return state == State.WRONG_TOKEN;
  }

  public boolean noMember() {
    return state == State.NO_MEMBER;
  }

  /** The key of the words that say what went wrong; {@code ""} when nothing did. */
  public String trouble() {
    return switch (state) {
      case NO_MEMBER -> "door.stranger";
      case REFUSED -> "door.refused";
      case BUSY -> "door.busy";
      case SHUT, WRONG_TOKEN, INSIDE -> "";
    };
  }
}
