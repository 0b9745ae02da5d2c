/** Checksums of serial frames. Each is a pure function over a part of a buffer. */
@NullMarked
package io.thicket.drivers.checksum;

import org.jspecify.annotations.NullMarked;
