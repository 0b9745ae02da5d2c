package io.thicket.agent.coap;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.network.Exchange;

/**
 * Acknowledges requests whose answer takes long (RFC 7252 section 5.2.2, separate response), shortly before the client
 * would send again; a quick answer still rides on the acknowledgement.
 */
final class Patience {
    private static final long LOCAL_MS = 1_000; // clients use 2 s
    private static final long MESH_MS = 5_000; // nodes use 10 s

    private final ScheduledExecutorService executor;

    Patience(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    void acknowledgeLater(Exchange exchange, boolean fromMesh) {
        executor.schedule(
                () -> {
                    if (exchange.getResponse() == null && !exchange.isComplete()) {
                        exchange.sendAccept();
                    }
                },
                fromMesh ? MESH_MS : LOCAL_MS,
                TimeUnit.MILLISECONDS);
    }
}
