/**
 * The envelope of every frame (routing.md 2.2, README.md "Envelope"): who may speak, as whom, and only once.
 * {@link io.thicket.routing.security.FrameGuard} seals and opens; the only package of this module that knows ciphers.
 */
@NullMarked
package io.thicket.routing.security;

import org.jspecify.annotations.NullMarked;
