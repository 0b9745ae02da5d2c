package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Positions;
import io.thicket.sim.medium.wifi.Radio;
import io.thicket.sim.scenario.ns3.Flow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line whose gateway is n0 and whose n1 lets others' messages vanish: its own router must not notice, and so not say it. */
final class HolesTest {
    private static final int HOLE = 1;

    /** Packets of n2, one a second. */
    private static final int PACKETS = 270;

    private final Map<RouteChange.Reason, Integer> changesOfHole = new EnumMap<>(RouteChange.Reason.class);

    /** Numbers of the packets of n2 that arrived, and of the hole's own. */
    private final TreeSet<Long> arrived = new TreeSet<>();

    private final TreeSet<Long> arrivedOfHole = new TreeSet<>();

    private Lab run(String protocol, Insider.Kind kind, int destination) {
        Positions line = new Positions() {
            @Override
            public int nodes() {
                return 3;
            }

            @Override
            public double x(int node, long atUs) {
                return 200.0 * node;
            }

            @Override
            public double y(int node, long atUs) {
                return 0;
            }

            @Override
            public boolean isStatic() {
                return true;
            }
        };
        List<Flow> flows = List.of(
                new Flow(2, destination, 20, 20 + PACKETS, 1, 64), new Flow(HOLE, destination, 20.5, 290.5, 10, 64));
        LabScenario scenario = LabScenario.of("line", line, List.of(0), flows, Radio.RANGE, 10, 320)
                .withInsiders(List.of(new Insider(HOLE, kind)));
        Lab lab = new Lab(scenario, protocol, Protocols.named(protocol), new Seeds(1));
        lab.observe(new LabObserver() {
            @Override
            public void routeChanged(long nowUs, int node, RouteChange change) {
                if (node == HOLE) {
                    changesOfHole.merge(change.reason(), 1, Integer::sum);
                }
            }

            @Override
            public void arrived(long nowUs, int source, long number, int hops) {
                if (source == 2) {
                    arrived.add(number);
                } else if (source == HOLE) {
                    arrivedOfHole.add(number);
                }
            }
        });
        lab.run();
        return lab;
    }

    /** What n2 believes that its way to the gateway costs. */
    private static long metricOfVictim(Lab lab) {
        return lab.machines().of(2).snapshot().routes().stream()
                .filter(route -> route.destination().equals(lab.nodeId(0)))
                .findFirst()
                .orElseThrow()
                .metric();
    }

    @ParameterizedTest
    @ValueSource(strings = {"thicket", "thicket-agent"})
    void a_black_hole_keeps_its_links_and_its_way(String protocol) {
        Lab lab = run(protocol, Insider.Kind.BLACK_HOLE, 0);

        RoutingSnapshot hole = lab.machines().of(HOLE).snapshot();
        assertEquals(0, changesOfHole.getOrDefault(RouteChange.Reason.LINK_DOWN, 0), changesOfHole::toString);
        for (RoutingSnapshot.Neighbor neighbor : hole.neighbors()) {
            assertEquals(RoutingSnapshot.NeighborState.TWO_WAY, neighbor.state());
            assertEquals(1, neighbor.etx(), 0.05);
        }
        assertEquals(List.of(), List.copyOf(arrived));
        assertEquals(27, arrivedOfHole.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"thicket", "thicket-agent"})
    void a_grey_hole_lets_half_of_the_messages_through(String protocol) {
        Lab lab = run(protocol, Insider.Kind.GREY_HOLE, 0);

        // Four standard deviations of so many tosses of a coin.
        assertEquals(PACKETS / 2.0, arrived.size(), 4 * Math.sqrt(PACKETS / 4.0));
        assertEquals(0, changesOfHole.getOrDefault(RouteChange.Reason.LINK_DOWN, 0), changesOfHole::toString);
        assertEquals(27, arrivedOfHole.size());
        assertTrue(metricOfVictim(lab) < 300, () -> "metric " + metricOfVictim(lab));
    }

    @ParameterizedTest
    @ValueSource(strings = {"thicket", "thicket-agent"})
    void a_metric_liar_goes_on_lying(String protocol) {
        Lab lab = run(protocol, Insider.Kind.METRIC_LIAR, Flow.ANY_GATEWAY);

        // Its own honest hop costs 84 units of 10 us, the liar's link less than half of that.
        long toGateway = lab.machines().of(HOLE).snapshot().neighbors().stream()
                .filter(neighbor -> neighbor.id().equals(lab.nodeId(0)))
                .findFirst()
                .orElseThrow()
                .cost();
        assertTrue(toGateway < 84 / 2, () -> "cost " + toGateway);
        assertEquals(List.of(), List.copyOf(arrived));
    }
}
