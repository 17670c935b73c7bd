package io.tocsin.settings;

import io.tocsin.template.Template;
import io.tocsin.template.TemplateProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the templates of an {@code alertmanager.yml} may call: the definitions of its files, and
 * those that Alertmanager brings along under their own names, in our words.
 */
final class AlertmanagerTemplates {

  private static final String OURS =
      """
      {{ define "__alertmanager" }}Tocsin{{ end }}
      {{ define "__alertmanagerURL" }}{{ .ExternalURL }}{{ end }}
      {{ define "__subject" }}[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}] {{ .GroupLabels.SortedPairs.Values | join " " }}{{ end }}
      {{ define "__description" }}{{ .CommonAnnotations.summary }}{{ end }}
      {{ define "__text_alert_list" }}{{ range . }}
      {{ range .Labels.SortedPairs }}- {{ .Name }} = {{ .Value }}
      {{ end }}{{ range .Annotations.SortedPairs }}- {{ .Name }}: {{ .Value }}
      {{ end }}{{ end }}{{ end }}
      {{ define "__text_alert_list_markdown" }}{{ template "__text_alert_list" . }}{{ end }}
      {{ define "__both" }}{{ if .Alerts.Firing }}Firing:{{ template "__text_alert_list" .Alerts.Firing }}{{ end }}{{ if .Alerts.Resolved }}Resolved:{{ template "__text_alert_list" .Alerts.Resolved }}{{ end }}{{ end }}
      {{ define "slack.default.title" }}{{ template "__subject" . }}{{ end }}
      {{ define "slack.default.username" }}{{ template "__alertmanager" . }}{{ end }}
      {{ define "slack.default.fallback" }}{{ template "__subject" . }}{{ end }}
      {{ define "slack.default.titlelink" }}{{ template "__alertmanagerURL" . }}{{ end }}
      {{ define "slack.default.pretext" }}{{ end }}
      {{ define "slack.default.text" }}{{ end }}
      {{ define "slack.default.footer" }}{{ end }}
      {{ define "email.default.subject" }}{{ template "__subject" . }}{{ end }}
      {{ define "email.default.text" }}{{ template "__both" . }}{{ end }}
      {{ define "pagerduty.default.description" }}{{ template "__subject" . }}{{ end }}
      {{ define "pagerduty.default.client" }}{{ template "__alertmanager" . }}{{ end }}
      {{ define "pagerduty.default.clientURL" }}{{ template "__alertmanagerURL" . }}{{ end }}
      {{ define "pagerduty.default.instances" }}{{ template "__text_alert_list" . }}{{ end }}
      {{ define "opsgenie.default.message" }}{{ template "__subject" . }}{{ end }}
      {{ define "opsgenie.default.description" }}{{ template "__both" . }}{{ end }}
      {{ define "opsgenie.default.source" }}{{ template "__alertmanagerURL" . }}{{ end }}
      {{ define "pushover.default.title" }}{{ template "__subject" . }}{{ end }}
      {{ define "pushover.default.message" }}{{ template "__both" . }}{{ end }}
      {{ define "pushover.default.url" }}{{ template "__alertmanagerURL" . }}{{ end }}
      {{ define "telegram.default.message" }}{{ template "__both" . }}{{ end }}
      {{ define "discord.default.title" }}{{ template "__subject" . }}{{ end }}
      {{ define "discord.default.message" }}{{ template "__both" . }}{{ end }}
      {{ define "discord.default.content" }}{{ end }}
      {{ define "msteams.default.summary" }}{{ template "__subject" . }}{{ end }}
      {{ define "msteams.default.title" }}{{ template "__subject" . }}{{ end }}
      {{ define "msteams.default.text" }}{{ template "__both" . }}{{ end }}
      {{ define "msteamsv2.default.title" }}{{ template "__subject" . }}{{ end }}
      {{ define "msteamsv2.default.text" }}{{ template "__both" . }}{{ end }}
      """;

  private AlertmanagerTemplates() {}

  /**
   * The definitions, ours first, as later ones win.
   *
   * @throws SettingsProblem when a file is missing or malformed
   */
  static String read(Section top, Path folder) {
    var all = new StringBuilder(OURS);
    for (String pattern : top.strings("templates")) {
      List<Path> files = FilePatterns.matching(folder, pattern);
      if (files.isEmpty() && !FilePatterns.isPattern(pattern)) {
        throw top.problem("templates", "no file \"" + pattern + "\"", "a template file");
      }
      files.forEach(file -> all.append(text(top, file)).append('\n'));
    }
    return all.toString();
  }

  private static String text(Section top, Path file) {
    try {
      String text = Files.readString(file);
      Template.parse(text);
      return text;
    } catch (TemplateProblem wrong) {
      throw top.problem("templates", file + ": " + wrong.getMessage(), "files of templates");
    } catch (IOException unreadable) {
      throw top.problem("templates", file + " cannot be read", "files of templates");
    }
  }
}
