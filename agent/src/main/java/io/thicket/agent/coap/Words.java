package io.thicket.agent.coap;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RouteExplanation.Verdict;
import java.util.Locale;

/** Routing decisions in words, and nodes by the names that people gave them. */
final class Words {
    private Words() {}

    /** Constants as words: lower case with hyphens. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What to call a node: its label if it is known, else its NodeId. */
    static String label(NodeSnapshot node, NodeId id) {
        return node.nodes().stream()
                .filter(known -> known.id().equals(id))
                .map(NodeSnapshot.KnownNode::label)
                .findFirst()
                .orElse(id.toString());
    }

    /** Why a route changed; {@code neighbor} is the next hop that it is about. */
    static String text(Reason reason, String neighbor) {
        return switch (reason) {
            case FIRST -> "a way over " + neighbor + " was found";
            case BETTER -> "the way over " + neighbor + " is clearly better";
            case NEWER_SEQ -> "the destination renewed its number over " + neighbor;
            case METRIC -> "the metric over " + neighbor + " changed";
            case ALTERNATE -> "the next hop left two messages unanswered, " + neighbor + " took its place";
            case LINK_DOWN -> "the link of the next hop failed: " + neighbor;
            case NEIGHBOR_REBOOTED -> "the next hop restarted: " + neighbor;
            case REFUSED -> "the next hop refused for want of a route: " + neighbor;
            case DESCENT -> "the next hop refused because it is not nearer: " + neighbor;
            case RERR -> "the next hop said that its way is gone: " + neighbor;
            case EXPIRED -> "the way over " + neighbor + " was not confirmed in time";
            case WITHDRAWN -> "the next hop withdrew the destination: " + neighbor;
            case STALLED -> "this node stood still, and every way had to be learnt again";
        };
    }

    /** Why a stored alternate is or is not used. */
    static String text(Verdict verdict) {
        return switch (verdict) {
            case READY -> "may be used at once; the present way is better, or not clearly worse";
            case INFEASIBLE -> "not nearer than the feasibility distance: it might lead back here";
            case LINK -> "the link to it is not known to work both ways now";
            case UNREACHABLE -> "too far";
            case OLD -> "its advert is too old";
        };
    }
}
