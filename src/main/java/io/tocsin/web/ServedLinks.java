package io.tocsin.web;

import io.tocsin.statuspage.Language;
import java.util.Map;

/**
 * Links of the live site.
 *
 * @param path this page's own
 * @param assets paths by plain name
 * @param shut whether the page is private
 */
record ServedLinks(String path, Map<String, String> assets, boolean shut) implements SiteLinks {

  @Override
  public String to(String target) {
    return target;
  }

  @Override
  public String asset(String name) {
    return Assets.known(assets, name);
  }

  @Override
  public String language(Language language) {
    return path + (path.contains("?") ? "&" : "?") + "lang=" + language.label();
  }

  @Override
  public boolean live() {
    return true;
  }
}
