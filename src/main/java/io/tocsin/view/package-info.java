/** What people keep of the console's lists. */
@NullMarked
package io.tocsin.view;

import org.jspecify.annotations.NullMarked;
