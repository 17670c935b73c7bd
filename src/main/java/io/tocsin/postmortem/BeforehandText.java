package io.tocsin.postmortem;

import io.tocsin.incident.ChangeEvent;
import io.tocsin.silence.Silence;
import io.tocsin.template.Markdown;
import java.time.Duration;
import java.time.Instant;

/** The sections of a draft about the time before the incident. */
final class BeforehandText {

  private static final int MOST = 20;

  private BeforehandText() {}

  static String changes(Beforehand before) {
    var text = new StringBuilder();
    if (before.changes().isEmpty() && before.silences().isEmpty()) {
      return "Nothing that anybody told of.\n";
    }
    text.append("| Time (UTC) | What | Who |\n|---|---|---|\n");
    for (ChangeEvent change : before.changes().stream().limit(MOST).toList()) {
      row(text, change.at(), Markdown.text(change.summary()), change.source());
    }
    for (Silence silence : before.silences().stream().limit(MOST).toList()) {
      row(
          text,
          silence.startsAt(),
          "Silence on %s: %s"
              .formatted(
                  Markdown.code(silence.matchers().toString()), Markdown.text(silence.comment())),
          silence.author());
    }
    return text.toString();
  }

  private static void row(StringBuilder text, Instant at, String what, String who) {
    text.append("| %s | %s | %s |\n".formatted(Words.dayAndClock(at), what, Markdown.text(who)));
  }

  static String earlier(Beforehand before, Instant opened) {
    var text = new StringBuilder();
    if (!before.earlier().isEmpty()) {
      text.append(
          "| Alert | Would have fired (UTC) | Before the incident was opened |\n|---|---|---|\n");
      for (EarlierAlert earlier : before.earlier().stream().limit(MOST).toList()) {
        text.append(
            "| %s | %s | %s |\n"
                .formatted(
                    earlier.what(),
                    Words.dayAndClock(earlier.at()),
                    Words.duration(Duration.between(earlier.at(), opened))));
      }
    }
    before
        .notReplayed()
        .ifPresentOrElse(
            why ->
                text.append("The rules were not run over the time before: ")
                    .append(why)
                    .append(".\n"),
            () -> {
              if (before.earlier().isEmpty()) {
                text.append("None of today's rules. _Which one should have?_\n");
              }
            });
    return text.toString();
  }
}
