package io.tocsin.settings;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What of a written value people may see. */
public final class Masking {

  /** Stands for what is not shown. */
  public static final String HIDDEN = "***";

  /** Of a receiver's settings those that are no secret; every other one is hidden. */
  private static final Set<String> HARMLESS =
      Set.of(
          "name",
          "fallback",
          "send_resolved",
          "messages",
          "within",
          "to",
          "api_from",
          "from",
          "channel",
          "chat_id",
          "topic",
          "project",
          "repository",
          "issue_type",
          "labels",
          "teams",
          "sound",
          "title",
          "text",
          "timeout",
          "buttons",
          "resolve_transition",
          "reopen_transition");

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "pass|secret|token|credential|authorization|cookie|(^|_)key$|(^|_)user$|(^|_)dsn$");

  private static final Pattern SECRET_PART =
      Pattern.compile(
          "\\.(headers|header|params|basic_auth|authorization|body|form|set)(\\.|\\[|$)");

  private static final Pattern FLAG = Pattern.compile("true|false");
  private static final Pattern HOLE = Pattern.compile("\\$\\{(env|file):[^}]*}");
  private static final Pattern ADDRESS =
      Pattern.compile("([a-z][a-z0-9+.:-]*://)([^/?#\\s]*)([^\\s]*)");

  private Masking() {}

  /** Whether a receiver's setting of this name may be shown as it is. */
  public static boolean harmless(String key) {
    return HARMLESS.contains(key);
  }

  /**
   * A written value without what must not be seen. What is filled in from outside is shown as it is
   * written, by its name.
   */
  static String shown(String path, String written) {
    // A flag is no secret, whatever it is called: "auth.tokens: true".
    if (HOLE.matcher(written).replaceAll("").isBlank() || FLAG.matcher(written).matches()) {
      return written;
    }
    String key = key(path);
    boolean receiver = path.startsWith("receivers");
    boolean address = ADDRESS.matcher(written).find();
    if (SECRET_NAME.matcher(key).find()
        || SECRET_PART.matcher(path).find()
        || (receiver && !harmless(key) && !address)) {
      return HIDDEN;
    }
    return address ? servers(written, receiver) : written;
  }

  /** Of an address no log-in and nothing of the query; of a receiver's only the server. */
  private static String servers(String written, boolean receiver) {
    return ADDRESS
        .matcher(written)
        .replaceAll(
            found -> {
              String server = found.group(2).replaceFirst(".*@", "");
              String rest = found.group(3);
              int query = rest.indexOf('?');
              String shown =
                  receiver && rest.length() > 1
                      ? "/" + HIDDEN
                      : query < 0 ? rest : rest.substring(0, query) + "?" + HIDDEN;
              return java.util.regex.Matcher.quoteReplacement(found.group(1) + server + shown);
            });
  }

  private static String key(String path) {
    return path.substring(path.lastIndexOf('.') + 1)
        .replaceAll("\\[\\d+]$", "")
        .toLowerCase(Locale.ROOT);
  }
}
