package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.wire.DataFields;
import io.thicket.routing.wire.FrameWriter;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call of a router fills anew each time, most of it of no meaning after it: one set for all the routers together that share
 * {@link io.thicket.routing.security.FrameBuffers}, where it is never far from the processor.
 */
final class Scratch {
    /** The messages of the frame that is made, the targets that any wait for, and those that go in it: {@link Bundler}'s. */
    final List<Held> bundle = new ArrayList<>();

    final List<NodeId> waiting = new ArrayList<>();
    final List<NodeId> bundled = new ArrayList<>();

    /** What messages wait for, and gateways that were counted: {@link Forwarder}'s. */
    final List<NodeId> targets = new ArrayList<>();

    final List<NodeId> counted = new ArrayList<>();

    /** The frame as it goes to the codec: {@link HopSender}'s. */
    final List<MeshMessage> frame = new ArrayList<>();

    /** Writes it: {@link FrameSender}'s. */
    final FrameWriter writer = new FrameWriter();

    /** What a reply says of the messages of a frame, and what one says to this node: {@link Receiver}'s. */
    final List<MeshMessage> results = new ArrayList<>();

    final List<HopResult> replies = new ArrayList<>();

    /** The message of this node that is sent now: {@link DataPlane}'s. */
    final DataFields made = new DataFields();

    /** Of the HELLO read last: {@link HelloService}'s. */
    final LatestHeard heard = new LatestHeard();
}
