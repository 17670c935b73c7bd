package io.tocsin.probe;

import io.tocsin.settings.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where targets are found while we run.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/#file_sd_config">file_sd_config</a>
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_sd_config">http_sd_config</a>
 */
sealed interface Discovery {

  /** How often it is asked. */
  Duration refresh();

  /** Whom it names as its place; unique within a job. */
  String source();

  /**
   * Files of target groups, JSON or YAML by their ending.
   *
   * @param pattern a path whose last part may hold {@code *}
   */
  record InFiles(Path pattern, Duration refresh) implements Discovery {
    @Override
    public String source() {
      return pattern.toString();
    }
  }

  /** An address that answers with target groups as JSON. */
  record OverHttp(URI url, ScrapeHttp http, Duration refresh) implements Discovery {
    @Override
    public String source() {
      return url.getHost() + ":" + HttpExchange.port(url) + url.getPath();
    }
  }

  /** Reads {@code file_sd_configs} and {@code http_sd_configs}. */
  static List<Discovery> readAll(Section section) {
    var all = new ArrayList<Discovery>();
    for (Section files : section.sections("file_sd_configs")) {
      Duration refresh = files.duration("refresh_interval", Duration.ofMinutes(5));
      for (String pattern : files.strings("files")) {
        if (!pattern.matches(".*\\.(json|yml|yaml)")) {
          throw files.problem("files", "paths that end in .json, .yml or .yaml");
        }
        all.add(new InFiles(folder(section).resolve(pattern), refresh));
      }
      files.done();
    }
    for (Section one : section.sections("http_sd_configs")) {
      Duration refresh = one.duration("refresh_interval", Duration.ofMinutes(1));
      all.add(new OverHttp(url(one), ScrapeHttp.read(one), refresh));
      one.done();
    }
    return List.copyOf(all);
  }

  /** Relative paths start where the configuration stands. */
  private static Path folder(Section section) {
    Path parent = Path.of(section.place().file()).toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private static URI url(Section section) {
    try {
      return HttpExchange.checked(URI.create(section.string("url")));
    } catch (IllegalArgumentException e) {
      throw section.problem("url", "an address such as http://127.0.0.1:8080/targets");
    }
  }
}
