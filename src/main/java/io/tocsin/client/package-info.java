/** What a program that predicts needs to send its rows here: two files and the JDK. */
@NullMarked
package io.tocsin.client;

import org.jspecify.annotations.NullMarked;
