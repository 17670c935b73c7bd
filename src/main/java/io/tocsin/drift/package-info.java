/** Statistical tests and change detectors: how far have two distributions moved apart? */
@NullMarked
package io.tocsin.drift;

import org.jspecify.annotations.NullMarked;
