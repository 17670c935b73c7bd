package io.tocsin.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * Who may read the page. The place for another way in: implement it, and give it to {@link
 * PublicRoutes}.
 */
public interface PageDoor {

  /** Everybody may. */
  PageDoor OPEN = new OpenDoor();

  /** Whether nobody is asked. */
  boolean open();

  /** Whether this request may read. Called on the event loop; never blocks. */
  boolean admits(HttpServerRequest request);

  /** Whether there are tokens that open it. */
  boolean takesTokens();

  /** What a reader keeps who came with a right token; empty for a wrong one. */
  Optional<Cookie> admit(String token, boolean secure);

  /** What the button to the identity provider says; empty where it opens nothing. */
  Optional<String> signOn();

  /** What takes away all that a reader keeps of it. */
  List<Cookie> leave();

  /** The door that is always open. */
  record OpenDoor() implements PageDoor {
    @Override
    public boolean open() {
      return true;
    }

    @Override
    public boolean admits(HttpServerRequest request) {
      return true;
    }

    @Override
    public boolean takesTokens() {
      return false;
    }

    @Override
    public Optional<Cookie> admit(String token, boolean secure) {
      return Optional.empty();
    }

    @Override
    public Optional<String> signOn() {
      return Optional.empty();
    }

    @Override
    public List<Cookie> leave() {
      return List.of();
    }
  }
}
