package io.thicket.sim.lab;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.sim.medium.wifi.Phy;

/** What a node is told of its one interface. */
final class LinkInfos {
    private LinkInfos() {}

    static LinkInfo of(Phy phy) {
        int mtuBytes =
                Math.min(LinkInfo.MAX_MTU_BYTES, phy.maxBytes() - phy.headerBytes() - HopEnvelope.MAX_OVERHEAD_BYTES);
        return phy.lora() == null
                ? new LinkInfo(LinkClass.WIFI, phy.kbps(), mtuBytes, true)
                : new LinkInfo(LinkClass.LORA, phy.kbps(), mtuBytes, true, phy.lora());
    }
}
