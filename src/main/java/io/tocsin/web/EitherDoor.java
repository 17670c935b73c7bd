package io.tocsin.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lets in who knows a token, and whom the identity provider signs on. */
public record EitherDoor(TokenDoor tokens, MembersDoor members) implements PageDoor {

  @Override
  public boolean open() {
    return false;
  }

  @Override
  public boolean admits(HttpServerRequest request) {
    return tokens.admits(request) || members.admits(request);
  }

  @Override
  public boolean takesTokens() {
    return true;
  }

  @Override
  public Optional<Cookie> admit(String token, boolean secure) {
    return tokens.admit(token, secure);
  }

  @Override
  public Optional<String> signOn() {
    return members.signOn();
  }

  @Override
  public List<Cookie> leave() {
    return Stream.concat(tokens.leave().stream(), members.leave().stream()).toList();
  }
}
