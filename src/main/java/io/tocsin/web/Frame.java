package io.tocsin.web;

import java.time.Instant;

/**
 * What surrounds a page's content.
 *
 * @param title of the document
 * @param path this page's own path, to come back to after a change of theme
 * @param theme how it is coloured
 * @param assets where its stylesheet and scripts are
 * @param now when it is rendered
 */
public record Frame(String title, String path, Theme theme, Assets assets, Instant now) {}
