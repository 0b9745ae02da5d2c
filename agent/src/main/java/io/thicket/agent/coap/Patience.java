package io.thicket.agent.coap;

import io.thicket.agent.port.Timers;
import org.eclipse.californium.core.network.Exchange;

/**
 * Acknowledges requests whose answer takes long (RFC 7252 section 5.2.2, separate response), shortly before the client
 * would send again; a quick answer still rides on the acknowledgement.
 */
final class Patience {
    private static final long LOCAL_MS = 1_000; // clients use 2 s
    private static final long MESH_MS = 5_000; // nodes use 10 s

    private final Timers timers;

    Patience(Timers timers) {
        this.timers = timers;
    }

    void acknowledgeLater(Exchange exchange, boolean fromMesh) {
        timers.at(timers.nowMs() + (fromMesh ? MESH_MS : LOCAL_MS), () -> {
            if (exchange.getResponse() == null && !exchange.isComplete()) {
                exchange.sendAccept();
            }
        });
    }
}
