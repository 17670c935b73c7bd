package io.tocsin.statuspage;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page's badges by address: our own, and those that readers of Gatus and Uptime Kuma have in
 * their documents already, with the component in place of theirs.
 *
 * @see <a href="https://github.com/TwiN/gatus#badges">Gatus' badges</a>
 * @see <a href="https://github.com/louislam/uptime-kuma/wiki/Badge">Uptime Kuma's badges</a>
 */
public final class Badges {

  private static final String SPAN = "(24h|7d|30d|90d)";
  private static final Pattern OWN =
      Pattern.compile("/badge(?:/([^/]+?))?(/uptime/" + SPAN + "|/response-time)?\\.(svg|json)");
  private static final Pattern ALL_UPTIME =
      Pattern.compile("/badge/uptime/" + SPAN + "\\.(svg|json)");
  private static final Pattern GATUS =
      Pattern.compile(
          "/api/v1/endpoints/([^/]+)/(health|uptimes/"
              + SPAN
              + "|response-times/24h)/badge\\.(svg|shields)");
  private static final Pattern KUMA =
      Pattern.compile(
          "/api/badge/([^/]+)/(status|uptime|ping|avg-response)(?:/(24|24h|168|7d|720|30d|90d))?");
  private static final String GATUS_SEPARATORS = "[ /_,.#+&]";

  private final PageSnapshot page;
  private final boolean stale;

  private Badges(PageSnapshot page, boolean stale) {
    this.page = page;
    this.stale = stale;
  }

  /** A badge in the form its address asks for. */
  public record Drawn(Badge badge, boolean json) {

    /** The document. */
    public String text() {
      return json ? badge.shields() : badge.svg();
    }
  }

  /**
   * What a path names; empty when there is no such badge, or the page does not show what it would.
   *
   * @param stale whether the page is too old to be taken for the present
   */
  public static Optional<Drawn> at(PageSnapshot page, boolean stale, String path) {
    return new Badges(page, stale).at(path);
  }

  private Optional<Drawn> at(String path) {
    Matcher all = ALL_UPTIME.matcher(path);
    if (all.matches()) {
      return drawn(Optional.of(uptime("uptime", page.components(), all.group(1))), all.group(2));
    }
    Matcher own = OWN.matcher(path);
    if (own.matches()) {
      Optional<Badge> badge =
          own.group(1) == null
              ? Optional.of(overall()).filter(it -> own.group(2) == null)
              : component(own.group(1)).flatMap(it -> own(it, own.group(2), own.group(3)));
      return drawn(badge, own.group(4));
    }
    Matcher gatus = GATUS.matcher(path);
    if (gatus.matches()) {
      Optional<ComponentView> found =
          find(it -> gatusKey(it.spec()).equals(gatus.group(1).toLowerCase(Locale.ROOT)));
      return drawn(
          found.flatMap(
              it ->
                  switch (gatus.group(2)) {
                    case "health" -> Optional.of(status(it));
                    case "response-times/24h" -> response(it);
                    default -> Optional.of(uptime(it, gatus.group(3)));
                  }),
          gatus.group(4));
    }
    Matcher kuma = KUMA.matcher(path);
    return kuma.matches()
        ? drawn(
            component(kuma.group(1)).flatMap(it -> kuma(it, kuma.group(2), kuma.group(3))), "svg")
        : Optional.empty();
  }

  private static Optional<Drawn> drawn(Optional<Badge> badge, String form) {
    return badge.map(it -> new Drawn(it, !form.equals("svg")));
  }

  private Optional<Badge> own(
      ComponentView component, @Nullable String what, @Nullable String span) {
    if (what == null) {
      return Optional.of(status(component));
    }
    return span == null ? response(component) : Optional.of(uptime(component, span));
  }

  private Optional<Badge> kuma(ComponentView component, String what, @Nullable String span) {
    String asked = span == null ? "24" : span;
    return switch (what) {
      case "status" -> Optional.of(status(component));
      case "uptime" ->
          Optional.of(
              uptime(
                  component,
                  switch (asked) {
                    case "24" -> "24h";
                    case "168" -> "7d";
                    case "720" -> "30d";
                    default -> asked;
                  }));
      default -> asked.startsWith("24") ? response(component) : Optional.empty();
    };
  }

  private Optional<ComponentView> component(String id) {
    return find(it -> it.spec().id().equals(id));
  }

  private Optional<ComponentView> find(Predicate<ComponentView> is) {
    return page.components().stream().filter(is).findFirst();
  }

  /** Group and name with what stands in no key as dashes: {@code product_payment-api}. */
  private static String gatusKey(PageSpec.Component component) {
    return (component
            .group()
            .orElse("")
            .strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll(GATUS_SEPARATORS, "-")
        + "_"
        + component.name().strip().toLowerCase(Locale.ROOT).replaceAll(GATUS_SEPARATORS, "-"));
  }

  private Badge overall() {
    return status("status", page.overall().state());
  }

  private Badge status(ComponentView component) {
    return status(component.spec().name(), component.state());
  }

  private Badge status(String label, ComponentState state) {
    ComponentState shown = stale ? ComponentState.UNKNOWN : state;
    return new Badge(label, PublicWords.ENGLISH.state(shown), Badge.Tone.of(shown));
  }

  private Badge uptime(ComponentView component, String span) {
    return uptime(component.spec().name(), List.of(component), span);
  }

  private Badge uptime(String label, List<ComponentView> components, String span) {
    Instant now = page.dataAsOf();
    double today = LocalTime.ofInstant(now, ZoneOffset.UTC).toSecondOfDay() / 86_400.0;
    var ratio =
        Uptime.ratio(
            components.stream().map(ComponentView::uptime).toList(),
            span.equals("24h") ? 1 : Integer.parseInt(span.substring(0, span.length() - 1)),
            span.equals("24h") ? 1 - today : 0);
    Badge.Tone tone = ratio.isEmpty() ? Badge.Tone.GREY : uptimeTone(ratio.getAsDouble());
    String head = label.equals("uptime") ? label : label + " uptime";
    return new Badge(
        head + " " + span, PublicWords.ENGLISH.uptime(new Uptime(List.of(), ratio)), tone);
  }

  private static Badge.Tone uptimeTone(double ratio) {
    if (ratio >= 0.999) {
      return Badge.Tone.GOOD;
    }
    if (ratio >= 0.99) {
      return Badge.Tone.AMBER;
    }
    return ratio >= 0.95 ? Badge.Tone.ORANGE : Badge.Tone.RED;
  }

  /** How fast it answered in the newest measured hour; nothing where the page does not show it. */
  private static Optional<Badge> response(ComponentView component) {
    return component
        .response()
        .map(
            curve -> {
              OptionalDouble millis = curve.latest();
              String label = component.spec().name() + " response time";
              return millis.isEmpty()
                  ? new Badge(label, "no data yet", Badge.Tone.GREY)
                  : new Badge(
                      label,
                      PublicWords.ENGLISH.milliseconds(millis.getAsDouble()) + " ms",
                      responseTone(millis.getAsDouble()));
            });
  }

  private static Badge.Tone responseTone(double millis) {
    if (millis <= 200) {
      return Badge.Tone.GOOD;
    }
    if (millis <= 500) {
      return Badge.Tone.AMBER;
    }
    return millis <= 1000 ? Badge.Tone.ORANGE : Badge.Tone.RED;
  }
}
