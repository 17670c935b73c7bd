package io.tocsin.web;

import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stylesheet, scripts and icons: read once from the class path, served from memory under a path
 * that names their content, so that a browser may keep them for ever.
 */
public final class Assets {

  private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";
  private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist/uPlot";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private final Map<String, String> paths = new LinkedHashMap<>();
  private final Map<String, RenderedPage> files = new LinkedHashMap<>();

  public Assets() {
    add("tocsin.css", "web/tocsin.css", STYLE);
    add("console.css", "web/console.css", STYLE);
    add("console.js", "web/console.js", SCRIPT);
    add("uplot.js", UPLOT + ".iife.min.js", SCRIPT);
    add("uplot.css", UPLOT + ".min.css", STYLE);
    add("tocsin.js", "web/tocsin.js", SCRIPT);
    add("status.js", "web/status.js", SCRIPT);
    add("icon.svg", "web/icon.svg", "image/svg+xml");
    add("htmx.js", HTMX, SCRIPT);
  }

  private void add(String name, String resource, String mediaType) {
    RenderedPage file = RenderedPage.of(mediaType, read(resource), RenderedPage.FOREVER);
    String path = path(name, file);
    paths.put(name, path);
    files.put(path, file);
  }

  /** A path that names the content: {@code /assets/tocsin.0123456789abcdef.css}. */
  static String path(String name, RenderedPage file) {
    int dot = name.lastIndexOf('.');
    return "/assets/" + name.substring(0, dot) + "." + file.hash() + name.substring(dot);
  }

  /** Where each file is served, by its plain name. */
  Map<String, String> paths() {
    return Collections.unmodifiableMap(paths);
  }

  /** Each file by the path where it is served. */
  Map<String, RenderedPage> files() {
    return Collections.unmodifiableMap(files);
  }

  /** A text of the class path. */
  static String text(String resource) {
    return new String(read(resource), StandardCharsets.UTF_8);
  }

  private static byte[] read(String resource) {
    try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing from the class path: " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a file is served, by its plain name. */
  public String path(String name) {
    return known(paths, name);
  }

  /** The path of a name, which must be there. */
  static String known(Map<String, String> paths, String name) {
    String path = paths.get(name);
    if (path == null) {
      throw new IllegalArgumentException(
          "asset: found \"" + name + "\", expected " + paths.keySet());
    }
    return path;
  }

  /** Serves each file. */
  void mount(Router router) {
    files.forEach((path, file) -> router.get(path).handler(file::send));
  }
}
