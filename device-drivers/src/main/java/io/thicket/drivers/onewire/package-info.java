/**
 * Thermometers on a 1-Wire line behind a DS2480B (a serial line driver): the search for their numbers, what it says about a
 * thermometer, and what that means. Pure.
 */
@NullMarked
package io.thicket.drivers.onewire;

import org.jspecify.annotations.NullMarked;
