/** Components and their public state, derived from incidents and probes. */
@NullMarked
package io.tocsin.statuspage;

import org.jspecify.annotations.NullMarked;
