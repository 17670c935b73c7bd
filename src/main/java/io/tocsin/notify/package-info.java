/** Which messages go to whom and why: routes, planner, outbox port. */
@NullMarked
package io.tocsin.notify;

import org.jspecify.annotations.NullMarked;
