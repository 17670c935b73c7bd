/** The clock: runs the road when something is due, and the outbox relay behind it. */
@NullMarked
package io.tocsin.engine;

import org.jspecify.annotations.NullMarked;
