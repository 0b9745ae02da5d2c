/**
 * Recordings of serial lines as text, which {@code thicket driver record}, {@code replay}, tests and bug reports share, and what
 * can be told from one: which device it is. Pure: lines of text and bytes come in.
 */
@NullMarked
package io.thicket.drivers.capture;

import org.jspecify.annotations.NullMarked;
