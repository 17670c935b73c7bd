package io.tocsin.web;

/**
 * A page that the rail leads to.
 *
 * @param key what a page says of itself to be marked as the present one
 * @param path where it is
 * @param name in the rail
 * @param shortcut the key after {@code g} that goes there; empty for none
 */
public record RailEntry(String key, String path, String name, String shortcut) {}
