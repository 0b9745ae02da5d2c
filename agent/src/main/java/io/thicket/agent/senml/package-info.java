/** Sensor Measurement Lists, RFC 8428, as CBOR and JSON; and the batch of readings that travels through the mesh. */
@NullMarked
package io.thicket.agent.senml;

import org.jspecify.annotations.NullMarked;
