package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;

/**
 * Who this gateway is.
 *
 * @param name its node's name
 * @param id its NodeId
 * @param version of the software
 */
public record GatewayIdentity(String name, NodeId id, String version) {}
