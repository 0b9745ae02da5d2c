package io.thicket.sim.lab;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.sim.kernel.Seeds;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Makes the routers of one protocol. */
public interface ProtocolFactory {
    /** The name of a node on the mesh, the same in every protocol. */
    static NodeId idOf(Seeds seeds, int node) {
        return NodeId.ofPublicKey(LabKeys.publicKey(seeds, node));
    }

    /** The router of a boot of {@code node} of the scenario, the first one is 1, and what the laboratory must know of it. */
    Instance make(Seeds seeds, LabScenario scenario, int node, int boot);

    /** The machine around that router. */
    default LabMachine machine(Lab lab, Seeds seeds, int node, int boot) {
        return new LabNode(lab, seeds, node, boot, this);
    }

    /** The number that generators of a boot of {@code node} are split by; the first boot's is the node's own. */
    static long purpose(int node, int boot) {
        return (boot - 1L) << 32 | node;
    }

    /** What its nodes have beside the laboratory. */
    default Outside outside() {
        return Outside.NONE;
    }

    /** Whether origins keep readings until they are settled, as the agent's outbox does, or send each once. */
    boolean hasOutbox();

    /** Whether its nodes are whole ones, whose outbox keeps readings whatever else they send; that of others only where all send nothing else. */
    default boolean isWhole() {
        return false;
    }

    /** Whether its machines announce every change of a next hop, so that nobody need ask them. */
    default boolean announcesWays() {
        return false;
    }

    /** The timers of its routers on the simulated links, by which the invariants of Thicket's engine judge them; null if those are not its own. */
    default @Nullable RoutingParameters judgedBy() {
        return null;
    }

    /**
     * A router.
     *
     * @param macFeedback what hears of frames that the MAC gave up, null if the protocol runs above a socket that does not tell
     */
    record Instance(
            MeshRouter router,
            FrameClassifier classifier,
            Carriage carriage,
            @Nullable MacListener macFeedback) {}

    /** Hears of frames that the MAC gave up. */
    interface MacListener {
        void onTransmitFailed(long nowMs, LinkId link, LinkAddress to, ByteBuffer frame, RouterEffects effects);
    }
}
