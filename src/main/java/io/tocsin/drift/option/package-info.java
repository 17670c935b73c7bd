/** Parameters of a method by name: what there are, what was given, what is wrong with it. */
@NullMarked
package io.tocsin.drift.option;

import org.jspecify.annotations.NullMarked;
