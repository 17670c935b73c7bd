/** Who may do what: tokens, roles, scopes. */
@NullMarked
package io.tocsin.access;

import org.jspecify.annotations.NullMarked;
