/** What is worth waking someone for: rule files, groups, threshold and drift rules. */
@NullMarked
package io.tocsin.rule;

import org.jspecify.annotations.NullMarked;
