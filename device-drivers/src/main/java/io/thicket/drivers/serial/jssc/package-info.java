/** Real serial ports through jSSC. The only package that knows that library. */
@NullMarked
package io.thicket.drivers.serial.jssc;

import org.jspecify.annotations.NullMarked;
