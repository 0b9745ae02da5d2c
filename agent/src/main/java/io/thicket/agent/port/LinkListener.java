package io.thicket.agent.port;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkInfo;
import java.nio.ByteBuffer;

/** What a link tells its node; always on the node's loop. Buffers are valid during the call only. */
public interface LinkListener {
    /** A frame; {@code exchange} is {@code MeshRouter.NO_EXCHANGE} if it wants no reply. */
    void onFrame(LinkAddress from, int exchange, ByteBuffer sealed);

    /** The reply to a frame transmitted under {@code exchange}. */
    void onReply(LinkAddress from, int exchange, ByteBuffer sealed);

    /** The address cannot be reached (ICMP). */
    void onUnreachable(LinkAddress to);

    /** The link came up, changed or went down. */
    void onChange(LinkInfo info);
}
