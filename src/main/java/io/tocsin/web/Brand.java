package io.tocsin.web;

import io.tocsin.statuspage.PageLook;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The owner's picture and colours as files, beside our own; the stylesheet is a file because the
 * pages allow no style of their own.
 */
final class Brand {

  private final Map<String, String> paths;
  private final Map<String, RenderedPage> files = new LinkedHashMap<>();

  Brand(PageLook look, Assets assets) {
    paths = new LinkedHashMap<>(assets.paths());
    look.accent().ifPresent(this::stylesheet);
    look.logo().ifPresent(this::picture);
  }

  private void stylesheet(PageLook.Accent accent) {
    String rule = ":root{--accent:light-dark(%s,%s)}\n".formatted(accent.light(), accent.dark());
    var file = RenderedPage.of("text/css; charset=utf-8", rule, RenderedPage.FOREVER);
    add("brand.css", Assets.path("brand.css", file), file);
  }

  private void picture(PageLook.Logo logo) {
    byte[] bytes = Base64.getDecoder().decode(logo.base64());
    var file = RenderedPage.of(logo.mediaType(), bytes, RenderedPage.FOREVER);
    add("logo", Assets.path("logo" + logo.suffix(), file), file);
  }

  private void add(String name, String path, RenderedPage file) {
    paths.put(name, path);
    files.put(path, file);
  }

  /** Where each file is served, ours and the owner's, by its plain name. */
  Map<String, String> paths() {
    return paths;
  }

  /** The owner's files by the path where they are served. */
  Map<String, RenderedPage> files() {
    return files;
  }
}
