package io.tocsin.web;

import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageLook;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reader's request asks for.
 *
 * @param language by {@code ?lang=}, else the cookie, else {@code Accept-Language}, else the page's
 * @param theme by cookie
 */
record PageReader(Language language, Theme theme) {

  static final String COOKIE = "lang";
  static final String PARAMETER = "lang";

  private static final Duration KEPT = Duration.ofDays(365);
  private static final int LONGEST_HEADER = 400;

  static PageReader of(HttpServerRequest request, PageLook look) {
    String wanted = request.headers().get(HttpHeaders.ACCEPT_LANGUAGE);
    boolean chosen = request.headers().contains(HttpHeaders.COOKIE);
    Optional<Language> language = chosen ? cookie(request, look) : Optional.empty();
    return new PageReader(
        language.orElseGet(() -> accepted(wanted, look)),
        chosen ? ThemeSwitch.of(request) : Theme.AUTO);
  }

  private static Optional<Language> cookie(HttpServerRequest request, PageLook look) {
    return Optional.ofNullable(request.getCookie(COOKIE))
        .flatMap(cookie -> Language.parse(cookie.getValue()))
        .filter(look.languages()::contains);
  }

  /** The language of {@code ?lang=}, if it is offered. */
  static Optional<Language> asked(HttpServerRequest request, PageLook look) {
    return Optional.ofNullable(request.getParam(PARAMETER))
        .flatMap(Language::parse)
        .filter(look.languages()::contains);
  }

  PageReader in(Language chosen) {
    return new PageReader(chosen, theme);
  }

  /** Keeps a chosen language. */
  static Cookie keep(Language language) {
    return Cookie.cookie(COOKIE, language.label())
        .setPath("/")
        .setMaxAge(KEPT.toSeconds())
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.LAX);
  }

  /** The best offered by {@code Accept-Language} (RFC 9110, 12.5.4). */
  static Language accepted(@Nullable String header, PageLook look) {
    if (header == null || header.length() > LONGEST_HEADER) {
      return look.language();
    }
    return ranges(header).stream()
        .filter(range -> range.getWeight() > 0)
        .sorted(Comparator.comparingDouble(LanguageRange::getWeight).reversed())
        .flatMap(range -> best(range.getRange(), look).stream())
        .findFirst()
        .orElse(look.language());
  }

  private static Optional<Language> best(String range, PageLook look) {
    return range.equals("*")
        ? Optional.of(look.language())
        : Language.parse(range).filter(look.languages()::contains);
  }

  private static List<LanguageRange> ranges(String header) {
    try {
      return LanguageRange.parse(header);
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }
}
