package io.thicket.gateway.bridge;

import org.jspecify.annotations.Nullable;

/** Whether the broker does its part: how long ago it acknowledged anything, and what it refused. */
final class BrokerHealth {
    /** Without a good PUBACK for this long while readings wait, the gateway is withdrawn from the mesh. */
    private static final long UPLINK_LOST_AFTER_MS = 10_000;
    /** Without any PUBACK for this long while publications are in flight, the connection is made anew. */
    static final long RECONNECT_AFTER_MS = 20_000;

    private static final long WARN_EVERY_MS = 60_000;

    private long lastAckMs;
    private long lastGoodAckMs;
    private boolean everWarned;
    private long warnedAtMs;
    private String refusal = "";
    private long refusedAtMs;

    void connected(long nowMs) {
        lastAckMs = nowMs;
        lastGoodAckMs = nowMs;
    }

    /** From now on something is on its way. */
    void beginsToWaitForAck(long nowMs) {
        lastAckMs = nowMs;
    }

    /** From now on readings wait. */
    void beginsToWaitForGoodAck(long nowMs) {
        lastGoodAckMs = nowMs;
    }

    void acknowledged(long nowMs) {
        lastAckMs = nowMs;
    }

    /** A reading was taken. */
    void acknowledgedWell(long nowMs) {
        lastGoodAckMs = nowMs;
    }

    /** A publication was refused; returns the sentence for a person, null if one was said in the last minute. */
    @Nullable
    String refused(long nowMs, String topic, int reasonCode) {
        refusal = "the broker refuses " + topic + " with reason 0x" + Integer.toHexString(reasonCode) + " ("
                + ReasonCodes.meaning(reasonCode) + "); readings are kept";
        refusedAtMs = nowMs;
        if (everWarned && nowMs - warnedAtMs < WARN_EVERY_MS) {
            return null;
        }
        everWarned = true;
        warnedAtMs = nowMs;
        return refusal;
    }

    /** Whether nothing at all is acknowledged; said once for each such time. */
    boolean isDead(long nowMs) {
        if (nowMs - lastAckMs < RECONNECT_AFTER_MS) {
            return false;
        }
        lastAckMs = nowMs;
        return true;
    }

    /** Whether readings that wait wait in vain. */
    boolean isStalled(long nowMs) {
        return nowMs - lastGoodAckMs >= UPLINK_LOST_AFTER_MS;
    }

    /** What it refused in the last minute, empty if nothing. */
    String refusal(long nowMs) {
        return nowMs - refusedAtMs < WARN_EVERY_MS ? refusal : "";
    }

    long stalledForSeconds(long nowMs) {
        return (nowMs - lastGoodAckMs) / 1000;
    }
}
