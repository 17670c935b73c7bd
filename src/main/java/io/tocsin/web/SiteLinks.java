package io.tocsin.web;

import io.tocsin.statuspage.Language;

/** Where things of the public site are, as seen from one of its pages. */
public sealed interface SiteLinks permits ServedLinks, FolderLinks {

  /** Another page or file by its path on the live site: {@code /incidents/i1}. */
  String to(String path);

  /** A stylesheet, script or picture by its plain name. */
  String asset(String name);

  /** This very page in another language. */
  String language(Language language);

  /** Whether somebody answers: forms and switches work only there. */
  boolean live();

  /** Whether readers came through a door, and may leave. */
  boolean shut();
}
