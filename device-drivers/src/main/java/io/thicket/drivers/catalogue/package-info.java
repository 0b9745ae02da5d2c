/**
 * The drivers: one class per kind of device, listed in {@link io.thicket.drivers.catalogue.DriverCatalogue}. Each is a
 * framer and a decoder put together by {@code FrameSession}; all are pure.
 */
@NullMarked
package io.thicket.drivers.catalogue;

import org.jspecify.annotations.NullMarked;
