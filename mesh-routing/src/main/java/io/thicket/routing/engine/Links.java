package io.thicket.routing.engine;

import static io.thicket.routing.MeshRouter.NEVER;

import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** This node's links, and what holds for all of them together. */
final class Links {
    /** By their numbers, ascending. */
    private final List<Interface> all = new ArrayList<>(0);

    /** What {@link #find} found last. */
    private @Nullable Interface latest;

    /** Most nodes have one link, and after each frame it is asked for its times: without looking into a list. */
    private @Nullable Interface only;

    /** A view of them as they come and go, not to be written to. */
    List<Interface> all() {
        return all;
    }

    @Nullable
    Interface find(LinkId id) {
        Interface known = latest;
        if (known != null && known.number == id.value()) {
            return known;
        }
        for (int i = 0; i < all.size(); i++) {
            Interface link = all.get(i);
            if (link.number == id.value()) {
                latest = link;
                return link;
            }
        }
        return null;
    }

    /** In place of the one with the same id, if there is one. */
    void put(Interface link) {
        latest = null;
        all.removeIf(other -> other.id.equals(link.id));
        int at = 0;
        while (at < all.size() && all.get(at).number < link.number) {
            at++;
        }
        all.add(at, link);
        only = all.size() == 1 ? link : null;
    }

    /** What all links that are up take for certain. */
    int mtuBytes() {
        int mtuBytes = LinkInfo.MAX_MTU_BYTES;
        for (Interface link : all) {
            mtuBytes = link.info.up() ? Math.min(mtuBytes, link.info.mtuBytes()) : mtuBytes;
        }
        return mtuBytes;
    }

    /** T_gw of the fastest one. */
    long gatewayPeriodMs() {
        return shortestMs(RoutingParameters::gatewayPeriodMs);
    }

    /** REG of the fastest one. */
    long registerPeriodMs() {
        return shortestMs(RoutingParameters::registerPeriodMs);
    }

    /** D of the fastest one. */
    long messageLifeMs() {
        return shortestMs(RoutingParameters::messageLifeMs);
    }

    private long shortestMs(ToLongFunction<RoutingParameters> time) {
        long shortestMs = Long.MAX_VALUE;
        for (Interface link : all) {
            shortestMs = Math.min(shortestMs, time.applyAsLong(link.parameters));
        }
        return shortestMs;
    }

    /** The queue is as long and waits as long as that of the most patient link. How long that is. */
    long boundQueue(CustodyQueue queue) {
        int perTarget = 1;
        int total = 1;
        long ageMs = 1;
        for (Interface link : all) {
            perTarget = Math.max(perTarget, link.parameters.queuePerDestination());
            total = Math.max(total, link.parameters.queueTotal());
            ageMs = Math.max(ageMs, link.parameters.queueAgeMs());
        }
        queue.setBounds(perTarget, total);
        return ageMs;
    }

    /** When the next HELLO is due, {@link io.thicket.routing.MeshRouter#NEVER} while all are down. */
    long helloAtMs() {
        Interface single = only;
        if (single != null) {
            return single.helloAtMs();
        }
        long atMs = NEVER;
        for (int i = 0; i < all.size(); i++) { // asked after each frame: an iterator would be an object each time
            atMs = Math.min(atMs, all.get(i).helloAtMs());
        }
        return atMs;
    }

    /** Before this a sweep has nothing to do for links: now or earlier if it has. */
    long quietUntilMs(long nowMs) {
        Interface single = only;
        if (single != null) {
            return single.quietUntilMs(nowMs);
        }
        long untilMs = NEVER;
        for (int i = 0; i < all.size(); i++) {
            untilMs = Math.min(untilMs, all.get(i).quietUntilMs(nowMs));
        }
        return untilMs;
    }

    /** See {@link Interface#limitHellos}. */
    void limitHellos(long nowMs) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).limitHellos(nowMs);
        }
    }

    /** A HELLO on each link, and those after it as frequent as at first where there is airtime for that. */
    void helloSoon(long nowMs, long withinMs, boolean gatewayNews) {
        for (Interface link : all) {
            if (link.duty.mayHurry(nowMs)) {
                link.trickle.reset(nowMs);
            }
            if (gatewayNews) {
                link.gatewayNews();
            }
            link.trickle.sendEarly(nowMs, withinMs);
        }
    }
}
