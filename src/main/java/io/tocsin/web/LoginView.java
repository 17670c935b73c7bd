package io.tocsin.web;

import java.util.List;
import java.util.Optional;

/**
 * The door.
 *
 * @param passwords whether people log in with name and password
 * @param tokens whether a token opens it
 * @param signOn what the button of the identity provider says
 * @param next where to go then
 * @param name as typed before
 * @param trouble what went wrong
 * @param notice why the reader stands here
 * @param typed what was typed into a form that came too late
 */
public record LoginView(
    boolean passwords,
    boolean tokens,
    Optional<String> signOn,
    String next,
    String name,
    String trouble,
    String notice,
    List<Typed> typed) {

  /** One field of a form. */
  public record Typed(String field, String text) {}

  LoginView troubled(String words, String typedName) {
    return new LoginView(passwords, tokens, signOn, next, typedName, words, notice, typed);
  }

  /** Whether only a token opens the door. */
  public boolean tokenOnly() {
    return tokens && !passwords && signOn.isEmpty();
  }

  /** Next as a parameter of an address. */
  public String nextParameter() {
    return java.net.URLEncoder.encode(next, java.nio.charset.StandardCharsets.UTF_8);
  }
}
