package io.thicket.sim.lab;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import io.thicket.sim.medium.wifi.Phy;

/** What a node is told of its one interface. */
final class LinkInfos {
    private LinkInfos() {}

    static LinkInfo of(Phy phy) {
        int mtuBytes =
                Math.min(LinkInfo.MAX_MTU_BYTES, phy.maxBytes() - phy.headerBytes() - HopEnvelope.MAX_OVERHEAD_BYTES);
        LoraRadio lora = phy.lora();
        if (lora == null) {
            return new LinkInfo(LinkClass.WIFI, phy.kbps(), mtuBytes, true);
        }
        // Frames that take too much of the hour are not for such a radio; the scenario sees to it that some are left.
        while (mtuBytes > LinkInfo.MIN_MTU_BYTES && !lora.mayCarry(mtuBytes)) {
            mtuBytes--;
        }
        return new LinkInfo(LinkClass.LORA, phy.kbps(), mtuBytes, true, lora);
    }
}
