package io.thicket.routing;

/**
 * What a gateway tells the mesh about itself.
 *
 * @param uplink whether the broker takes messages now; false withdraws the gateway
 * @param accepting whether it has room for more readings
 * @param loadPercent 0 to 100
 * @param backlog readings waiting for the broker
 */
public record GatewayState(boolean uplink, boolean accepting, int loadPercent, int backlog) {
    public GatewayState {
        if (loadPercent < 0 || loadPercent > 100 || backlog < 0) {
            throw new IllegalArgumentException("load " + loadPercent + " %, backlog " + backlog);
        }
    }
}
