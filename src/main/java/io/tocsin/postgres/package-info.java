/** The durable side of every port, the journal, the migrations, the embedded server. */
@NullMarked
package io.tocsin.postgres;

import org.jspecify.annotations.NullMarked;
