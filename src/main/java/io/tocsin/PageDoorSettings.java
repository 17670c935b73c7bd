package io.tocsin;

import io.tocsin.http.AccessSettings;
import io.tocsin.settings.Section;
import io.tocsin.web.PageMembers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who may read the status page; everybody where neither is said.
 *
 * @param tokens which let a reader in
 * @param members whom the identity provider lets in
 */
record PageDoorSettings(List<String> tokens, Optional<Members> members) {

  private static final int LONG_ENOUGH = 16;
  private static final Duration USUAL = Duration.ofHours(12);
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  /**
   * Readers by the identity provider.
   *
   * @param who they are
   * @param home the page's address as they know it, with a slash at its end
   */
  record Members(PageMembers who, URI home) {}

  /** Reads {@code tokens} and {@code private} of {@code status_page}. */
  static PageDoorSettings read(Section page) {
    return new PageDoorSettings(
        tokens(page), page.section("private").map(section -> members(page, section)));
  }

  /** {@code tokens: [...]}. */
  private static List<String> tokens(Section page) {
    List<String> tokens = page.strings("tokens");
    for (String token : tokens) {
      if (token.length() < LONG_ENOUGH) {
        throw page.problem(
            "tokens",
            "a token of " + token.length() + " characters",
            "at least " + LONG_ENOUGH + " characters that nobody guesses");
      }
    }
    return tokens;
  }

  /** {@code private: { oidc: true, groups: [...], session: 12h }}. */
  private static Members members(Section page, Section section) {
    if (!section.flag("oidc", false)) {
      throw section.problem(
          "oidc", "true; a page without it is private by status_page.tokens, or not at all");
    }
    Duration session = section.duration("session", USUAL);
    if (session.compareTo(SHORTEST) < 0 || session.compareTo(LONGEST) > 0) {
      throw section.problem("session", "a time from 1m to 90d");
    }
    var members = new PageMembers(section.strings("groups"), session);
    section.done();
    return new Members(members, home(page));
  }

  /** The provider sends readers back to the page as they know it, so it has to be told. */
  private static URI home(Section page) {
    String url = page.optional("url").orElse("");
    try {
      URI home = URI.create(url.replaceAll("/+$", "") + "/");
      // Links and cookies of the page are those of a host of its own, not of a folder on one.
      if (home.getHost() != null
          && List.of("http", "https").contains(home.getScheme())
          && home.getPath().equals("/")) {
        return home;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    String found = url.isEmpty() ? "nothing, and private.oidc" : '"' + url + '"';
    throw page.problem(
        "url", found, "the page's address as readers know it, such as https://status.example.com/");
  }

  /** Nobody signs on where no provider is configured. */
  void requireProvider(Section top, AccessSettings access) {
    if (members.isPresent() && access.oidc().isEmpty()) {
      throw top.part("status_page")
          .part("private")
          .problem("oidc", "true, and no identity provider", "auth: { oidc: ... } at the top");
    }
  }

  boolean open() {
    return tokens.isEmpty() && members.isEmpty();
  }
}
