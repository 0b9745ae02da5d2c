/**
 * Sensors on an SDI-12 line (specification 1.4): what is to be measured, and what their answers mean. Pure. The tests' sensor has its
 * CRC from the specification's own example.
 */
@NullMarked
package io.thicket.drivers.sdi12;

import org.jspecify.annotations.NullMarked;
