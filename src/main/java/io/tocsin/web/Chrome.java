package io.tocsin.web;

import java.util.Optional;

/**
 * What surrounds every page of the console.
 *
 * @param person who looks
 * @param demo whether this is the demo
 * @param publicAddress where the status page is, if it is told
 */
public record Chrome(String person, boolean demo, Optional<String> publicAddress) {}
