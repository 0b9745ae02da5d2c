/**
 * Framers cut a stream of bytes into frames: collect, look for a start, know the length, check the sum, and after a
 * failure search again one byte later, because two frames overlap when a byte got lost. They are pure: bytes and their
 * time of arrival are arguments, memory is a fixed buffer.
 */
@NullMarked
package io.thicket.drivers.framing;

import org.jspecify.annotations.NullMarked;
