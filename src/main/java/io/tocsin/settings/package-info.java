/** Files and environment become the typed records that each package owns; errors say where. */
@NullMarked
package io.tocsin.settings;

import org.jspecify.annotations.NullMarked;
