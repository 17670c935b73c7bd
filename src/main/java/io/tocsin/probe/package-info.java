/** Goes out on a timer and comes back with samples: HTTP, TCP, DNS, TLS, SQL, heartbeat, scrape. */
@NullMarked
package io.tocsin.probe;

import org.jspecify.annotations.NullMarked;
