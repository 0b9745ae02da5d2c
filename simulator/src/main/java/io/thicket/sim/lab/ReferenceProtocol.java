package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.reference.AddressPlan;
import io.thicket.sim.reference.MacFeedback;
import io.thicket.sim.reference.ReferenceRouter;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A reference protocol. Its sources send each packet once, as those of the ns-3 runs do, and it hears of every frame that
 * the MAC gave up.
 */
final class ReferenceProtocol implements ProtocolFactory {
    /** Makes one router. */
    interface Maker {
        ReferenceRouter make(NodeId self, long epoch, AddressPlan plan, List<NodeId> gateways, RandomGenerator random);
    }

    private final Maker maker;

    ReferenceProtocol(Maker maker) {
        this.maker = maker;
    }

    @Override
    public Instance make(Seeds seeds, LabScenario scenario, int node, int boot) {
        List<NodeId> all = IntStream.range(0, scenario.nodes())
                .mapToObj(each -> ProtocolFactory.idOf(seeds, each))
                .toList();
        List<NodeId> gateways = scenario.gateways().stream().map(all::get).toList();
        ReferenceRouter router = maker.make(
                all.get(node),
                boot,
                new AddressPlan(all),
                gateways,
                seeds.generator("node", ProtocolFactory.purpose(node, boot)));
        return new Instance(
                router, frame -> classOf(router.nameOf(frame)), Carriage.PACKET, (nowMs, link, to, frame, effects) -> {
                    if (router instanceof MacFeedback hears) {
                        hears.onTransmitFailed(nowMs, link, to, frame, effects);
                    }
                    router.onLinkFailure(nowMs, link, to, effects);
                });
    }

    @Override
    public boolean hasOutbox() {
        return false;
    }

    private static FrameClass classOf(String name) {
        return switch (name) {
            case "data" -> FrameClass.DATA;
            case "hello" -> FrameClass.HELLO;
            case "rreq" -> FrameClass.RREQ;
            case "rrep" -> FrameClass.RREP;
            case "rerr" -> FrameClass.RERR;
            default -> FrameClass.OTHER;
        };
    }
}
