/** What a model did on a day and over the weeks before it, and whether to train it again. */
@NullMarked
package io.tocsin.model.report;

import org.jspecify.annotations.NullMarked;
