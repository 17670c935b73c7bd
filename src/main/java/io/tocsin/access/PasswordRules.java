package io.tocsin.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a password must be: long enough, and none of those that are tried first. No rule about
 * digits or signs, no forced change.
 *
 * @see <a href="https://pages.nist.gov/800-63-4/sp800-63b.html">NIST SP 800-63B §3.1.1.2</a>
 */
public final class PasswordRules {

  /** The fewest characters. */
  public static final int SHORTEST = 12;

  /** The most characters, so that hashing stays bounded. */
  public static final int LONGEST = 128;

  private static final int FEWEST_DIFFERENT = 5;

  /** Words at the heart of the passwords that lists of breaches hold most often. */
  private static final Set<String> STEMS =
      Set.of(
          "password",
          "passwort",
          "passwd",
          "motdepasse",
          "contrasena",
          "letmein",
          "welcome",
          "qwerty",
          "qwertyuiop",
          "qwertz",
          "azerty",
          "asdfgh",
          "asdfghjkl",
          "zxcvbn",
          "zxcvbnm",
          "iloveyou",
          "admin",
          "administrator",
          "root",
          "login",
          "master",
          "monkey",
          "dragon",
          "sunshine",
          "princess",
          "football",
          "baseball",
          "superman",
          "batman",
          "trustno",
          "starwars",
          "whatever",
          "michael",
          "charlie",
          "shadow",
          "secret",
          "changeme",
          "default",
          "guest",
          "tocsin",
          "oncall",
          "pager",
          "incident",
          "test",
          "testing",
          "hello",
          "abcdef",
          "summer",
          "winter",
          "spring",
          "autumn",
          "qazwsx",
          "qazwsxedc",
          "passwordpassword");

  private static final List<String> ROWS =
      List.of(
          "01234567890123456789",
          "98765432109876543210",
          "abcdefghijklmnopqrstuvwxyz",
          "zyxwvutsrqponmlkjihgfedcba",
          "qwertyuiopasdfghjklzxcvbnm",
          "qazwsxedcrfvtgbyhnujmikolp",
          "1q2w3e4r5t6y7u8i9o0p",
          "1qaz2wsx3edc4rfv5tgb");

  private PasswordRules() {}

  /** Why a password is not taken, to be shown beside its field; empty when it is fine. */
  public static Optional<String> refusal(String password, String name) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST) {
      return Optional.of("At least " + SHORTEST + " characters; a few words make a good one.");
    }
    if (length > LONGEST) {
      return Optional.of("At most " + LONGEST + " characters.");
    }
    String plain = password.toLowerCase(Locale.ROOT);
    if (name.length() >= 4 && plain.contains(name.toLowerCase(Locale.ROOT))) {
      return Optional.of("It holds the user name.");
    }
    return guessable(plain)
        ? Optional.of("It is among those that are tried first; take another.")
        : Optional.empty();
  }

  private static boolean guessable(String plain) {
    if (plain.chars().distinct().count() < FEWEST_DIFFERENT
        || ROWS.stream().anyMatch(row -> row.contains(plain))) {
      return true;
    }
    String unit = unit(plain);
    return STEMS.contains(heart(plain)) || (!unit.equals(plain) && unit.length() < SHORTEST);
  }

  /** The word in the middle once what is usually put around and into it is taken away. */
  private static String heart(String plain) {
    var word = new StringBuilder();
    String trimmed = plain.replaceAll("^[^a-z]+|[^a-z]+$", "");
    for (int i = 0; i < trimmed.length(); i++) {
      char letter = letter(trimmed.charAt(i));
      if (letter != 0) {
        word.append(letter);
      }
    }
    return unit(word.toString());
  }

  private static char letter(char sign) {
    return switch (sign) {
      case '0' -> 'o';
      case '1', '!' -> 'i';
      case '3' -> 'e';
      case '4', '@' -> 'a';
      case '5', '$' -> 's';
      case '7' -> 't';
      default -> sign >= 'a' && sign <= 'z' ? sign : 0;
    };
  }

  /** The shortest text that, repeated, gives this one. */
  private static String unit(String text) {
    for (int length = 1; length <= text.length() / 2; length++) {
      if (text.length() % length == 0
          && text.substring(0, length).repeat(text.length() / length).equals(text)) {
        return text.substring(0, length);
      }
    }
    return text;
  }
}
