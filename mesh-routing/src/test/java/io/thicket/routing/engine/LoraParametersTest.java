package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.LinkClass;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The LoRa column of 2.6 and of the table of 2.7, cell by cell. */
class LoraParametersTest {
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;

    private final RoutingParameters lora = RoutingParameters.of(LinkClass.LORA);
    private final DiscoveryParameters discovery = lora.discovery();

    @Test
    void neighbours_and_routes() {
        assertAll(
                () -> assertEquals(MINUTE_MS, lora.helloMinMs()),
                () -> assertEquals(30 * MINUTE_MS, lora.helloMaxMs()),
                () -> assertEquals(105 * MINUTE_MS, lora.silenceMs(30 * MINUTE_MS)),
                () -> assertEquals(210 * MINUTE_MS, lora.deadRouteMs()),
                () -> assertEquals(6 * HOUR_MS, lora.routeLifeMs()),
                () -> assertEquals(HOUR_MS, lora.alternateLifeMs()),
                () -> assertEquals(2 * MINUTE_MS, lora.messageLifeMs()),
                () -> assertEquals(7 * HOUR_MS + 10 * MINUTE_MS + 26_400, lora.tombstoneMs()),
                () -> assertEquals(2 * HOUR_MS, lora.gatewayPeriodMs()),
                () -> assertEquals(5 * HOUR_MS, lora.gatewayLifetimeMs()),
                () -> assertEquals(2 * HOUR_MS, lora.registerPeriodMs()),
                () -> assertEquals(10, lora.dutyPerMille()));
    }

    @Test
    void discovery() {
        assertAll(
                () -> assertEquals(2_500, discovery.hopTraversalMs()),
                () -> assertEquals(3_000, discovery.floodJitterMs()),
                () -> assertEquals(List.of(3, 16), discovery.rings()),
                () -> assertEquals(5_000, discovery.replyWaitMs()),
                () -> assertEquals(85_000, discovery.ringTimeoutMs(16)),
                () -> assertEquals(1, discovery.retries()),
                () -> assertEquals(5 * MINUTE_MS, discovery.holdDownMinMs()),
                () -> assertEquals(2 * HOUR_MS, discovery.holdDownMaxMs()),
                () -> assertEquals(2, discovery.copiesThatSuffice()),
                () -> assertEquals(6, discovery.ownPerHour()),
                () -> assertEquals(3, discovery.ownBurst()),
                () -> assertEquals(4, discovery.relayedPerHour()),
                () -> assertEquals(6, discovery.errorsPerHour()),
                () -> assertEquals(0.1, DutyAccount.CONTROL_SHARE),
                () -> assertEquals(0.4, DutyAccount.FLOOD_SHARE));
    }

    @Test
    void hops_and_queues() {
        assertAll(
                () -> assertEquals(8_000, lora.rtoInitMs()),
                () -> assertEquals(3_000, lora.rtoFloorMs()),
                () -> assertEquals(60_000, lora.rtoCeilingMs()),
                () -> assertEquals(2, lora.maxRetransmit()),
                () -> assertEquals(1, lora.alternateAfterSends()),
                () -> assertEquals(1, lora.windowMax()),
                () -> assertEquals(4, lora.queuePerDestination()),
                () -> assertEquals(64, lora.queueTotal()),
                () -> assertEquals(2 * HOUR_MS, lora.queueAgeMs()));
    }
}
