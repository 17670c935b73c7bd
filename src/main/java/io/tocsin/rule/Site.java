package io.tocsin.rule;

import java.util.Map;

/**
 * What templates may say of this installation.
 *
 * @param externalLabels labels that tell it from others
 * @param externalUrl where people reach it
 */
public record Site(Map<String, String> externalLabels, String externalUrl) {

  /** An installation without a name. */
  public static final Site NONE = new Site(Map.of(), "");

  public Site {
    externalLabels = Map.copyOf(externalLabels);
  }
}
