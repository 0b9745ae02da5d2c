/** Radio sensors of EnOcean by a receiver on a serial port: packets of ESP3, telegrams of ERP1, values by equipment profile. */
@NullMarked
package io.thicket.drivers.enocean;

import org.jspecify.annotations.NullMarked;
