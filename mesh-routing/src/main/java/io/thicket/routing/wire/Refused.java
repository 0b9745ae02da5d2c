package io.thicket.routing.wire;

/**
 * Stands in a decoded frame for a well-formed message that this version cannot act on: unknown type, or a
 * must-understand key (24 to 31). It keeps its place in the sequence and cannot be encoded.
 *
 * @param type its key 0
 * @param reason {@code UNKNOWN_TYPE} or {@code MUST_UNDERSTAND}
 */
public record Refused(int type, WireFormatException.Reason reason) implements MeshMessage {}
