package io.thicket.sim.lab;

import java.util.List;

/** A datagram of the agent's link in a MAC frame. The array is the record's own from then on. */
@SuppressWarnings("ArrayRecordComponent") // Frames are never compared by their bytes.
record HopDatagram(byte[] bytes, FrameClass frameClass, List<Carried> carried) implements Cargo {}
