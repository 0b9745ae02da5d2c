/**
 * Meters for electricity, gas, water and heat: the telegrams of DSMR and IEC 62056-21, SML, and wired M-Bus. Framers and
 * decoders, as pure as all others. Numbers of meters are personal data and are never handed on.
 */
@NullMarked
package io.thicket.drivers.meter;

import org.jspecify.annotations.NullMarked;
