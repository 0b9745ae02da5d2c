package io.thicket.agent.coap;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a node's CoAP side is told at start.
 *
 * @param site the site's name, part of every SenML base name
 * @param networkId the mesh network's id, from which mesh addresses follow
 * @param local where people and tools are answered; empty for none. Port 0 takes a free port.
 * @param access who may tell devices something
 */
public record CoapSettings(String site, String networkId, List<InetSocketAddress> local, CommandAccess access) {
    /** Most local addresses. */
    public static final int MAX_LOCAL = 8;

    /** Nobody may tell devices anything. */
    public CoapSettings(String site, String networkId, List<InetSocketAddress> local) {
        this(site, networkId, local, CommandAccess.NONE);
    }

    public CoapSettings {
        local = List.copyOf(local);
        if (local.size() > MAX_LOCAL) {
            throw new IllegalArgumentException("more than " + MAX_LOCAL + " local addresses: " + local.size());
        }
    }
}
