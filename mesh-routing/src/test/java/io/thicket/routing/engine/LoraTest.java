package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.RoutingCounter;
import org.junit.jupiter.api.Test;

class LoraTest {
    @Test
    void probe_one() {
        System.out.println("header " + Bundler.dataHeaderBytes());
        MixedMesh mesh = new MixedMesh(1, 4);
        for (int i = 0; i < 3; i++) mesh.connect(0, MixedMesh.LORA, i, i + 1);
        mesh.start(0);
        for (int h = 0; h < 24; h++) {
            mesh.runFor(3_600_000);
            for (MixedMesh.Node n : mesh.nodes) {
                System.out.println(h + " node " + n.index + " frames " + n.ports.get(0).frames + " air ms "
                        + n.ports.get(0).sentUs / 1000
                        + " hellos " + n.count(RoutingCounter.HELLOS_SENT) + " control "
                        + n.count(RoutingCounter.CONTROL_FRAMES_SENT) + " waits "
                        + n.count(RoutingCounter.AIRTIME_WAITS) + " dropped "
                        + n.count(RoutingCounter.DROPPED_NO_AIRTIME) + " chal "
                        + n.count(RoutingCounter.CHALLENGES_SENT)
                        + " data " + n.count(RoutingCounter.DATA_FRAMES_SENT) + " gw "
                        + n.snapshot().pinnedGateway() + " " + n.snapshot().airtime());
            }
            if (h > 3) mesh.node(3).offer("h" + h);
        }
        System.out.println("delivered " + mesh.delivered(0).size() + " collisions " + mesh.collisions);
        assertTrue(mesh.delivered(0).size() > 15);
    }
}
