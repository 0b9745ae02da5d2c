package io.thicket.sim.lab;

import io.thicket.agent.config.NodeConfig;
import io.thicket.sim.medium.wifi.Propagation;
import io.thicket.sim.scenario.BrokerPlan;
import java.util.List;

/**
 * Who can hear whom as a run goes on: what its scenario says beyond places and a radio. All of it but empty batteries and
 * first starts that are held up is known before the run, so that the physical limit can be told apart from what a protocol lost.
 */
public interface LabWorld {
    /** How willing a node on mains is to forward, as the agent's configuration says it. */
    int MAINS = NodeConfig.Energy.MAINS.willingness();

    /** What the medium asks during the run. It must agree with {@link #connects}. */
    Propagation propagation();

    /** Whether two nodes that are up can read each other's frames at that time, both ways, interference aside. */
    boolean connects(int one, int other, long atUs);

    /** Whether the node runs at that time. */
    boolean isUp(int node, long atUs);

    /** Whether the node, whose turn it is to be powered up, does start; if not, somebody starts it later. Asked once for each. */
    default boolean startsFirst(int node, long nowUs) {
        return isUp(node, nowUs);
    }

    /** When {@link #connects} or {@link #isUp} changes by other causes than movement, ascending. */
    long[] changesUs();

    /** Grows whenever the run itself adds to {@link #changesUs} or {@link #isUp}: a battery ran dry, or a first start was held up. */
    default long revision() {
        return 0;
    }

    /** How willing the node says that it is to forward for others, 0 to 7. */
    default int willingness(int node) {
        return MAINS;
    }

    /** Whether {@link #mishap} ever says anything. */
    default boolean hasMishaps() {
        return false;
    }

    /** What happens to a frame of so many bytes on the air that the radio of {@code to} has read, on its way to the node. Asked once for each. */
    default Mishap mishap(int from, int to, int bytes, long nowUs) {
        return Mishap.NONE;
    }

    /** Whether {@link #clockAheadMs} is always 0. */
    default boolean hasTrueClock(int node) {
        return true;
    }

    /** How far the node's clock is ahead of the simulation, ms; less than a tenth of the time. */
    default long clockAheadMs(int node, long simulatedMs) {
        return 0;
    }

    /** Whether {@link #wallOffsetMs} is always 0. */
    default boolean hasTrueTimeOfDay(int node) {
        return true;
    }

    /** How wrong the node's time of day is, ms. */
    default long wallOffsetMs(int node, long simulatedMs) {
        return 0;
    }

    /** What the sensors of the node measure now; empty for the laboratory's constant. Asked once for each reading, in the order of time. */
    default List<Measured> measure(int node, long nowUs) {
        return List.of();
    }

    /** Whether the sensors of the node say nothing at that time. */
    default boolean isSilent(int node, long atUs) {
        return false;
    }

    /** The broker that all gateways share. */
    default BrokerPlan broker() {
        return BrokerPlan.USUAL;
    }

    /** Whether every call of a judged protocol's routers is judged, which is dear in large networks. */
    boolean isJudged();

    /** A way is in time if it exists before that. */
    long horizonUs();
}
