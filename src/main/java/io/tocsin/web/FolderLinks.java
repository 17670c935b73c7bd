package io.tocsin.web;

import io.tocsin.statuspage.Language;
import java.util.Map;

/**
 * Links inside a folder of files, all relative: it works wherever the folder is put.
 *
 * @param path this page's own on the live site
 * @param language of this page
 * @param usual the language whose pages stand at the top; others have a folder each
 * @param assets paths by plain name
 */
record FolderLinks(String path, Language language, Language usual, Map<String, String> assets)
    implements SiteLinks {

  private static final String MONTH = "/history?month=";

  /** The file of a page of the live site, inside its language's folder. */
  static String file(String path) {
    if (path.equals("/")) {
      return "index.html";
    }
    if (path.startsWith(MONTH)) {
      return "history-" + path.substring(MONTH.length()) + ".html";
    }
    String name = path.substring(1);
    return name.substring(name.lastIndexOf('/') + 1).contains(".") ? name : name + ".html";
  }

  /** The file of a page in a language, from the top of the folder. */
  static String file(String path, Language language, Language usual) {
    boolean page = file(path).endsWith(".html");
    return page && language != usual ? language.label() + "/" + file(path) : file(path);
  }

  private String up() {
    String own = file(path, language, usual);
    return "../".repeat((int) own.chars().filter(letter -> letter == '/').count());
  }

  @Override
  public String to(String target) {
    return up() + file(target, language, usual);
  }

  @Override
  public String asset(String name) {
    return up() + Assets.known(assets, name).substring(1);
  }

  @Override
  public String language(Language other) {
    return up() + file(path, other, usual);
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public boolean shut() {
    return false;
  }
}
