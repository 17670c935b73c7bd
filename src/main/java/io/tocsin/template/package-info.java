/** Text with holes: Prometheus' annotation language and ours. */
@NullMarked
package io.tocsin.template;

import org.jspecify.annotations.NullMarked;
