/** What to do when an alert fires: pages kept beside the rules, searched, and judged by readers. */
@NullMarked
package io.tocsin.runbook;

import org.jspecify.annotations.NullMarked;
