package io.thicket.gateway.bridge;

/**
 * What the broker said in CONNACK.
 *
 * @param receiveMaximum most QoS 1 publications without PUBACK, 1 to 65535
 * @param maximumPacketBytes largest packet, {@link Long#MAX_VALUE} for no limit
 */
public record BrokerLimits(int receiveMaximum, long maximumPacketBytes) {
    public BrokerLimits {
        if (receiveMaximum < 1 || maximumPacketBytes < 1) {
            throw new IllegalArgumentException(
                    "receive maximum " + receiveMaximum + ", maximum packet size " + maximumPacketBytes);
        }
    }

    /** The largest packet for people. */
    public String maximumPacketText() {
        return maximumPacketBytes == Long.MAX_VALUE ? "no limit" : maximumPacketBytes + "";
    }
}
