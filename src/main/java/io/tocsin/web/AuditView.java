package io.tocsin.web;

import io.tocsin.access.AuditEntry;
import io.tocsin.access.AuditLog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A page of the audit log.
 *
 * @param entries latest first
 * @param filter what was asked for
 * @param more whether there are earlier ones
 */
public record AuditView(
    List<AuditLog.Kept> entries, AuditLog.Filter filter, boolean more, Instant now) {

  /** One field that was set or changed. */
  public record Line(String field, String before, String after) {}

  /** What became of it, field by field; what stayed the same is left out. */
  public static List<Line> lines(AuditEntry entry) {
    var fields = new TreeSet<>(entry.before().keySet());
    fields.addAll(entry.after().keySet());
    var lines = new ArrayList<Line>();
    for (String field : fields) {
      String before = entry.before().getOrDefault(field, "");
      String after = entry.after().getOrDefault(field, "");
      if (!Objects.equals(before, after)) {
        lines.add(new Line(field, before, after));
      }
    }
    return lines;
  }

  /** The outcome in words. */
  public static String outcome(AuditEntry entry) {
    return entry.outcome().name().toLowerCase(Locale.ROOT);
  }

  /** How the outcome is coloured. */
  public static String tone(AuditEntry entry) {
    return switch (entry.outcome()) {
      case DONE -> "result-delivered";
      case REFUSED -> "result-pending";
      case FAILED -> "result-dead";
    };
  }

  public String actor() {
    return filter.actor().orElse("");
  }

  public String text() {
    return filter.text().orElse("");
  }

  /** The chosen outcome, or {@code ""}. */
  public String chosen() {
    return filter.outcome().map(it -> it.name().toLowerCase(Locale.ROOT)).orElse("");
  }

  /** Where the earlier entries are. */
  public String earlier() {
    var parameters = new java.util.LinkedHashMap<String, String>();
    parameters.put("actor", actor());
    parameters.put("q", text());
    parameters.put("outcome", chosen());
    filter.from().ifPresent(it -> parameters.put("from", it.toString()));
    filter.to().ifPresent(it -> parameters.put("to", it.toString()));
    parameters.put("before", Long.toString(entries.getLast().number()));
    var query = new StringBuilder("/settings/audit");
    char separator = '?';
    for (Map.Entry<String, String> it : parameters.entrySet()) {
      if (!it.getValue().isEmpty()) {
        query
            .append(separator)
            .append(it.getKey())
            .append('=')
            .append(URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8));
        separator = '&';
      }
    }
    return query.toString();
  }
}
