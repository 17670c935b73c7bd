package io.tocsin.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Where to go after logging in: a path of ours, never another site. */
final class ReturnPath {

  private static final int LONGEST = 2_000;
  private static final List<String> DOORS =
      List.of("/login", "/logout", "/logged-out", "/setup", "/api/");

  private ReturnPath() {}

  /** The path, or {@code "/"} when it is none of ours. */
  static String of(Optional<String> wanted) {
    return wanted.filter(ReturnPath::own).orElse("/");
  }

  /** The page from which a form was sent, if that is one of ours. */
  static String ofReferrer(String referrer, String authority) {
    try {
      URI uri = new URI(referrer);
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return authority.equalsIgnoreCase(uri.getRawAuthority())
          ? of(Optional.of(uri.getRawPath() + query))
          : "/";
    } catch (URISyntaxException e) {
      return "/";
    }
  }

  private static boolean own(String path) {
    if (!path.startsWith("/")
        || path.length() > LONGEST
        || path.startsWith("//")
        || path.indexOf('\\') >= 0
        || path.chars().anyMatch(it -> it <= ' ' || it == 127)) {
      return false;
    }
    try {
      URI uri = new URI(path);
      return uri.getScheme() == null
          && uri.getRawAuthority() == null
          && DOORS.stream().noneMatch(uri.getPath()::startsWith);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
