/** Rotations, overrides, escalation policies: who carries the pager at an instant? */
@NullMarked
package io.tocsin.oncall;

import org.jspecify.annotations.NullMarked;
