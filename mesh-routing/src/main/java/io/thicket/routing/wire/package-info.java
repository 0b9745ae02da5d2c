/**
 * The messages of the mesh protocol and their bytes (routing.md section 2.2, README.md "Messages"). One record per
 * message; {@link io.thicket.routing.wire.FrameCodec} turns a sequence of them into deterministic CBOR and back. Every
 * decoding failure is a {@link io.thicket.routing.wire.WireFormatException}.
 */
@NullMarked
package io.thicket.routing.wire;

import org.jspecify.annotations.NullMarked;
