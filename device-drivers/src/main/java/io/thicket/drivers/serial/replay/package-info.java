/** Recordings in the place of ports. */
@NullMarked
package io.thicket.drivers.serial.replay;

import org.jspecify.annotations.NullMarked;
