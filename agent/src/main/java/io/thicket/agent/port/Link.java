package io.thicket.agent.port;

import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkInfo;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * One way to the neighbours. It carries hop messages: a sealed frame inside a CoAP message (routing.md 2.7). All methods
 * are called on the node's loop; none blocks; a frame that cannot be sent now is counted and dropped.
 */
public interface Link extends AutoCloseable {
    /** For people: the interface's name, or {@code peers}. */
    String name();

    /** What the link can do now. */
    LinkInfo info();

    /** Starts receiving; {@code listener} is called on the node's loop. */
    void start(LinkListener listener);

    /** Sends a frame: NON if {@code exchange} is {@code MeshRouter.NO_EXCHANGE}, else CON with that message id. */
    void transmit(LinkAddress toOrAll, int exchange, ByteBuffer sealed);

    /** Answers the frame that came from {@code to} under {@code exchange}. */
    void reply(LinkAddress to, int exchange, HopCode code, ByteBuffer sealed);

    /** One short sentence while the link does not work ("waiting for a link-local address"), empty when it does. */
    String problem();

    /** What it has counted so far; each kind of link has its own counters. */
    default Map<? extends Enum<?>, Long> counts() {
        return Map.of();
    }

    @Override
    void close();
}
