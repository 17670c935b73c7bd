package io.tocsin.statuspage;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Phase;
import io.tocsin.slo.StateSeconds;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Objects;

/**
 * Every word the page says by itself, in one language: made from components, severity and phase
 * only, so that no label and no annotation can leak.
 */
public final class PublicWords {

  /** What the JSON and the feeds are written in. */
  public static final PublicWords ENGLISH = new PublicWords(Language.EN);

  private static final Map<Language, PublicWords> ALL = all();

  private final Language language;
  private final Phrases phrases;
  private final PublicTimes times;
  private final char decimal;

  private PublicWords(Language language) {
    this.language = language;
    this.phrases = Phrases.of(language);
    this.times = new PublicTimes(language);
    this.decimal = DecimalFormatSymbols.getInstance(language.locale()).getDecimalSeparator();
  }

  private static Map<Language, PublicWords> all() {
    var all = new EnumMap<Language, PublicWords>(Language.class);
    for (Language language : Language.values()) {
      all.put(language, language == Language.EN ? ENGLISH : new PublicWords(language));
    }
    return all;
  }

  /** The words of a language. */
  public static PublicWords in(Language language) {
    return Objects.requireNonNull(ALL.get(language));
  }

  public Language language() {
    return language;
  }

  /** Instants and days in this language. */
  public PublicTimes times() {
    return times;
  }

  /**
   * The text of a key with its holes filled.
   *
   * @throws MissingResourceException for a key that is in no bundle
   */
  public String say(String key, Object... values) {
    return phrases.say(key, values);
  }

  /** The text for a number of things. */
  public String count(String key, long count) {
    return phrases.count(key, count);
  }

  /** A component's state in a word or two. */
  public String state(ComponentState state) {
    return say("state." + state.label());
  }

  /** A phase as the public reads it. */
  public String phase(Phase phase) {
    return say("phase." + phase.label());
  }

  /** A severity in customers' words. */
  public String severity(Severity severity) {
    return say("severity." + key(severity));
  }

  /** Where planned work stands. */
  public String stage(PlannedWork.Stage stage) {
    return say("stage." + stage.label());
  }

  /** The banner: {@code Partial outage: Payment API}. */
  public String headline(Overall overall) {
    return switch (overall.state()) {
      case OPERATIONAL -> say("headline.operational");
      case UNKNOWN -> {
        if (overall.total() == 0) {
          yield say("headline.empty");
        }
        yield overall.all() ? say("headline.unknown.all") : where(say("headline.unknown"), overall);
      }
      case UNDER_MAINTENANCE -> where(say("headline.maintenance"), overall);
      case DEGRADED_PERFORMANCE, PARTIAL_OUTAGE, MAJOR_OUTAGE ->
          where(state(overall.state()), overall);
    };
  }

  private String where(String what, Overall overall) {
    List<String> names = overall.names();
    if (names.isEmpty()) {
      return what;
    }
    if (overall.all() && names.size() > 1) {
      return say("headline.all", what);
    }
    boolean many = names.size() > Overall.NAMED;
    return say("headline.some", what, many ? count("systems", names.size()) : list(names));
  }

  /** An incident's title: {@code Payment API: partial outage}. */
  public String title(PublicIncident incident) {
    return title(incident.severity(), incident.names());
  }

  public String title(Severity severity, List<String> components) {
    return components.isEmpty()
        ? severity(severity)
        : say("title", list(components), say("severity.inline." + key(severity)));
  }

  /**
   * What an update says: a person's words as they stand, ours in this language; in English as they
   * were written, whatever became of the severity since.
   */
  public String text(PublicIncident incident, PublicIncident.Update update) {
    return update.automatic() && language != Language.EN
        ? automatic(update.phase(), incident.severity(), incident.names())
        : update.text();
  }

  /** What an automatic update says. */
  String automatic(Phase phase, Severity severity, List<String> components) {
    String what = components.isEmpty() ? say("service") : list(components);
    return switch (phase) {
      case INVESTIGATING -> say("update.investigating", say("trouble." + key(severity), what));
      case IDENTIFIED -> say("update.identified");
      case MONITORING -> say("update.monitoring");
      case RESOLVED -> say("update.resolved", what);
    };
  }

  /** What a step of planned work says. */
  public String step(PlannedWork.Step step) {
    return say("step." + step.kind().name().toLowerCase(Locale.ROOT));
  }

  /** A day in words: {@code 12 Nov: 14 min partial outage, 5 min degraded}. */
  public String day(DayBar bar) {
    return say("day", times.date(bar.date()), day(bar.state(), bar.seconds()));
  }

  private String day(ComponentState worst, StateSeconds day) {
    List<String> parts = new ArrayList<>();
    if (day.down() > 0) {
      parts.add(say("day." + worst.label(), duration(day.down())));
    }
    if (day.degraded() > 0) {
      parts.add(say("day.degraded_performance", duration(day.degraded())));
    }
    if (day.maintenance() > 0) {
      parts.add(say("day.under_maintenance", duration(day.maintenance())));
    }
    if (parts.isEmpty()) {
      parts.add(say(day.up() > 0 ? "day.operational" : "day.unknown"));
    }
    return String.join(", ", parts);
  }

  /** A day as {@code 12 Nov}. */
  public String date(LocalDate date) {
    return times.date(date);
  }

  /** Seconds in words: {@code under 1 min}, {@code 14 min}, {@code 2 h 5 min}. */
  public String duration(double seconds) {
    long minutes = Math.round(seconds / 60.0);
    if (minutes < 1) {
      return say("duration.short");
    }
    if (minutes < 60) {
      return say("duration.minutes", minutes);
    }
    return minutes % 60 == 0
        ? say("duration.hours", minutes / 60)
        : say("duration.both", minutes / 60, minutes % 60);
  }

  /**
   * Uptime in percent, cut after two digits so that 99.999 % never reads as 100 %; {@code no data
   * yet}.
   */
  public String uptime(Uptime uptime) {
    if (uptime.ratio().isEmpty()) {
      return say("uptime.none");
    }
    long hundredths = (long) Math.floor(uptime.ratio().getAsDouble() * 10_000 + 1e-9);
    String number =
        hundredths == 10_000
            ? "100"
            : "%d%c%02d".formatted(hundredths / 100, decimal, hundredths % 100);
    return say("percent", number);
  }

  /**
   * Uptime with what it was measured over: 90 days, or as long as there is data, so that a quiet
   * quarter of an hour does not read as a quiet quarter.
   *
   * @param today the page's day (UTC)
   */
  public String uptimeOver(Uptime uptime, LocalDate today) {
    String share = uptime(uptime);
    if (uptime.ratio().isEmpty()) {
      return share;
    }
    LocalDate first = uptime.firstMeasured().orElse(today);
    if (first.equals(today)) {
      return say("uptime.new", share, duration(uptime.measured()));
    }
    // The oldest bar may lack a few hours, as when the clock passed midnight just now.
    return first.isAfter(today.minusDays(Uptime.DAYS - 2L))
        ? say("uptime.since", share, date(first))
        : say("uptime.in", share);
  }

  /** Milliseconds as a figure: {@code 0,8}, {@code 120}. */
  public String milliseconds(double millis) {
    return millis < 10
        ? String.format(Locale.ROOT, "%.1f", millis).replace('.', decimal)
        : Long.toString(Math.round(millis));
  }

  /** Names in a row: {@code A}, {@code A and B}, {@code A, B and C}. */
  public String list(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : say("list", String.join(", ", names.subList(0, last)), names.get(last));
  }

  private static String key(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
