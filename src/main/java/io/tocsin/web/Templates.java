package io.tocsin.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The precompiled templates of {@code src/main/jte}; every value is escaped where it stands. */
final class Templates {

  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), "io.tocsin.web.page");

  private Templates() {}

  /** Renders a template with its parameters. */
  static String render(String name, Map<String, Object> parameters) {
    var out = new StringOutput();
    ENGINE.render(name, parameters, out);
    return out.toString();
  }
}
