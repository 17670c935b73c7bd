/** Listeners, authentication, errors, JSON resources, one file each; no decisions. */
@NullMarked
package io.tocsin.http;

import org.jspecify.annotations.NullMarked;
