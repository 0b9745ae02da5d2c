/**
 * Devices without code: what a specification file says, read from TOML with all its problems at once, and the decoder
 * that follows it. The format is described in {@code docs/driver-spec.md}. Pure: text and bytes come in.
 */
@NullMarked
package io.thicket.drivers.spec;

import org.jspecify.annotations.NullMarked;
