/** Pages for people: the status page and the operators' console. */
@NullMarked
package io.tocsin.web;

import org.jspecify.annotations.NullMarked;
