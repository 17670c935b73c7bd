package io.tocsin.label;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One step by which labels are rewritten or refused, as in Prometheus' {@code relabel_configs}.
 *
 * @param sources whose values are joined by the separator and looked at
 * @param regex matched against the whole, in RE2's syntax, the dot matching line feeds too
 * @param modulus for {@link Action#HASHMOD}
 * @param target the label that is set; may refer to groups
 * @param replacement what it is set to; may refer to groups
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config">relabel_config</a>
 */
public record RelabelRule(
    Action action,
    List<String> sources,
    String separator,
    Pattern regex,
    long modulus,
    String target,
    String replacement) {

  /** What a rule does. */
  public enum Action {
    REPLACE,
    KEEP,
    DROP,
    KEEPEQUAL,
    DROPEQUAL,
    HASHMOD,
    LABELMAP,
    LABELDROP,
    LABELKEEP,
    LOWERCASE,
    UPPERCASE
  }

  public RelabelRule {
    sources = List.copyOf(sources);
  }

  /**
   * A regular expression as rules use it.
   *
   * @throws com.google.re2j.PatternSyntaxException when it is none
   */
  public static Pattern pattern(String regex) {
    return BoundedRegex.compile(regex, Pattern.DOTALL);
  }

  /** The labels after all rules in order; empty when one of them refuses them. */
  public static Optional<Labels> all(List<RelabelRule> rules, Labels labels) {
    Optional<Labels> left = Optional.of(labels);
    for (RelabelRule rule : rules) {
      left = left.flatMap(rule::apply);
    }
    return left;
  }

  /** The labels after this rule; empty when it refuses them. */
  public Optional<Labels> apply(Labels labels) {
    String value = sources.stream().map(labels::get).collect(Collectors.joining(separator));
    return switch (action) {
      case KEEP -> regex.matches(value) ? Optional.of(labels) : Optional.empty();
      case DROP -> regex.matches(value) ? Optional.empty() : Optional.of(labels);
      case KEEPEQUAL -> value.equals(labels.get(target)) ? Optional.of(labels) : Optional.empty();
      case DROPEQUAL -> value.equals(labels.get(target)) ? Optional.empty() : Optional.of(labels);
      case REPLACE -> Optional.of(replaced(labels, value));
      case LOWERCASE -> Optional.of(labels.with(target, value.toLowerCase(Locale.ROOT)));
      case UPPERCASE -> Optional.of(labels.with(target, value.toUpperCase(Locale.ROOT)));
      case HASHMOD -> Optional.of(labels.with(target, Long.toUnsignedString(hashed(value))));
      case LABELMAP -> Optional.of(mapped(labels));
      case LABELDROP -> Optional.of(filtered(labels, false));
      case LABELKEEP -> Optional.of(filtered(labels, true));
    };
  }

  private Labels replaced(Labels labels, String value) {
    Matcher matcher = regex.matcher(value);
    if (!matcher.matches()) {
      return labels;
    }
    String name = expanded(target, matcher);
    return name.isEmpty() ? labels : labels.with(name, expanded(replacement, matcher));
  }

  private Labels mapped(Labels labels) {
    var builder = labels.toBuilder();
    labels.forEach(
        (name, value) -> {
          Matcher matcher = regex.matcher(name);
          if (matcher.matches()) {
            builder.set(expanded(replacement, matcher), value);
          }
        });
    return builder.remove("").build();
  }

  private Labels filtered(Labels labels, boolean keepMatching) {
    var builder = labels.toBuilder();
    labels.forEach(
        (name, value) -> {
          if (regex.matches(name) != keepMatching) {
            builder.remove(name);
          }
        });
    return builder.build();
  }

  /** The last eight bytes of the value's MD5, modulo: as Prometheus spreads targets over shards. */
  private long hashed(String value) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
      return Long.remainderUnsigned(ByteBuffer.wrap(digest, 8, 8).getLong(), modulus);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  /** A template as Go's {@code Regexp.Expand} fills it: {@code $1}, {@code ${name}}, {@code $$}. */
  static String expanded(String template, Matcher matcher) {
    if (template.indexOf('$') < 0) {
      return template;
    }
    var text = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$') {
        text.append(c);
        at++;
      } else if (template.startsWith("$$", at)) {
        text.append('$');
        at += 2;
      } else {
        at = reference(template, at + 1, matcher, text);
      }
    }
    return text.toString();
  }

  /** Appends what the reference behind a dollar sign means; answers where it ends. */
  private static int reference(String template, int from, Matcher matcher, StringBuilder text) {
    boolean braced = from < template.length() && template.charAt(from) == '{';
    int start = braced ? from + 1 : from;
    int end = start;
    while (end < template.length() && isWord(template.charAt(end))) {
      end++;
    }
    if (end == start || (braced && (end == template.length() || template.charAt(end) != '}'))) {
      text.append('$');
      return from;
    }
    text.append(group(matcher, template.substring(start, end)));
    return braced ? end + 1 : end;
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static String group(Matcher matcher, String name) {
    try {
      String found =
          name.chars().allMatch(Character::isDigit)
              ? matcher.group(Integer.parseInt(name))
              : matcher.group(name);
      return found == null ? "" : found;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return "";
    }
  }
}
