/**
 * What a gateway says on MQTT, without MQTT: batches of readings and acknowledgements come in, publications and
 * settlements go out. No thread, no socket, no monotonic clock; read {@link io.thicket.gateway.bridge.Bridge} and
 * {@link io.thicket.gateway.bridge.BridgeEffects} first.
 */
@NullMarked
package io.thicket.gateway.bridge;

import org.jspecify.annotations.NullMarked;
