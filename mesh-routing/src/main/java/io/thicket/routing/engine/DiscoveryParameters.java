package io.thicket.routing.engine;

import io.thicket.routing.LinkClass;
import java.util.List;

/**
 * The timers and rates of on-demand discovery on one link class (section 2.6). {@link RoutingParameters} holds them.
 *
 * @param rings TTLs of a search, growing; the last one is the largest that a request of this class ever has
 * @param hopTraversalMs NTT: how long a request or reply needs for one hop
 * @param floodJitterMs largest random wait of a relay before its copy of a flooded request
 * @param replyWaitMs RREP_WAIT: how long a target waits for better copies before it answers
 * @param retries repetitions at the largest TTL
 * @param holdDownMinMs pause after a search that found nothing
 * @param holdDownMaxMs to which that pause doubles
 * @param copiesThatSuffice overheard copies after which a relay keeps its own to itself
 * @param ownPerHour requests of this node, {@code ownBurst} at once
 * @param ownBurst see {@code ownPerHour}
 * @param relayedPerHour requests relayed per originator, {@code relayedBurst} at once
 * @param relayedBurst see {@code relayedPerHour}
 * @param errorsPerHour RERR frames
 * @param controlPerMille share of airtime that on-demand control takes at most when nothing changes
 * @param convergingPerMille the same while routes are being made
 */
public record DiscoveryParameters(
        List<Integer> rings,
        long hopTraversalMs,
        long floodJitterMs,
        long replyWaitMs,
        int retries,
        long holdDownMinMs,
        long holdDownMaxMs,
        int copiesThatSuffice,
        int ownPerHour,
        int ownBurst,
        int relayedPerHour,
        int relayedBurst,
        int errorsPerHour,
        int controlPerMille,
        int convergingPerMille) {
    private static final int PER_SECOND = 3_600;

    public DiscoveryParameters {
        rings = List.copyOf(rings);
        if (rings.isEmpty()
                || rings.get(0) < 1
                || hopTraversalMs < 1
                || floodJitterMs < 0
                || replyWaitMs < 0
                || retries < 0
                || holdDownMinMs < 1
                || holdDownMaxMs < holdDownMinMs
                || copiesThatSuffice < 1
                || ownPerHour < 1
                || ownBurst < 1
                || relayedPerHour < 1
                || relayedBurst < 1
                || errorsPerHour < 1
                || controlPerMille < 1
                || convergingPerMille < controlPerMille
                || convergingPerMille > 1_000) {
            throw new IllegalArgumentException("impossible discovery parameters");
        }
        for (int i = 1; i < rings.size(); i++) {
            if (rings.get(i) <= rings.get(i - 1)) {
                throw new IllegalArgumentException("rings that do not grow: " + rings);
            }
        }
    }

    /** The defaults of section 2.6. */
    public static DiscoveryParameters of(LinkClass linkClass) {
        return switch (linkClass) {
            case ETHERNET ->
                new DiscoveryParameters(
                        List.of(2, 6, 64),
                        5,
                        5,
                        20,
                        2,
                        5_000,
                        300_000,
                        3,
                        10 * PER_SECOND,
                        20,
                        4 * PER_SECOND,
                        20,
                        20 * PER_SECOND,
                        50,
                        100);
            case WIFI ->
                new DiscoveryParameters(
                        List.of(2, 5, 64),
                        40,
                        25,
                        50,
                        2,
                        5_000,
                        300_000,
                        3,
                        5 * PER_SECOND,
                        10,
                        PER_SECOND,
                        5,
                        10 * PER_SECOND,
                        50,
                        100);
            case LORA ->
                new DiscoveryParameters(
                        List.of(3, 16), 2_500, 3_000, 5_000, 1, 300_000, 7_200_000, 2, 6, 3, 4, 4, 6, 1, 1);
        };
    }

    /** The largest TTL of a request. */
    public int maxTtl() {
        return rings.get(rings.size() - 1);
    }

    /** How long a search waits for the answer to a request of this TTL: 2 TTL NTT + RREP_WAIT. */
    public long ringTimeoutMs(int ttl) {
        return 2L * ttl * hopTraversalMs + replyWaitMs;
    }
}
