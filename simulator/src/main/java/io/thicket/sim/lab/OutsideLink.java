package io.thicket.sim.lab;

import io.thicket.agent.port.Link;
import io.thicket.agent.port.LinkListener;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkInfo;
import java.nio.ByteBuffer;
import java.util.Map;

/** A whole node's link to real agents; the observer of the run hears what crosses it. */
final class OutsideLink implements Link {
    private final Link its;
    private final RunTrace trace;
    private final int node;
    private final FrameClassifier sealed;
    private final LabCipher opened;

    /**
     * @param sealed knows the frame that the router hands down just now
     * @param opened is shown the plain text of each frame that the router opens
     */
    OutsideLink(Link its, RunTrace trace, int node, FrameClassifier sealed, LabCipher opened) {
        this.its = its;
        this.trace = trace;
        this.node = node;
        this.sealed = sealed;
        this.opened = opened;
    }

    @Override
    public String name() {
        return its.name();
    }

    @Override
    public LinkInfo info() {
        return its.info();
    }

    @Override
    public void start(LinkListener listener) {
        its.start(new LinkListener() {
            @Override
            public void onFrame(LinkAddress from, int exchange, ByteBuffer frame) {
                ByteBuffer same = frame.duplicate();
                opened.forget();
                listener.onFrame(from, exchange, frame);
                trace.crossed(node, true, opened, same);
            }

            @Override
            public void onReply(LinkAddress from, int exchange, ByteBuffer frame) {
                ByteBuffer same = frame.duplicate();
                opened.forget();
                listener.onReply(from, exchange, frame);
                trace.crossed(node, true, opened, same);
            }

            @Override
            public void onUnreachable(LinkAddress to) {
                listener.onUnreachable(to);
            }

            @Override
            public void onChange(LinkInfo info) {
                listener.onChange(info);
            }
        });
    }

    @Override
    public void transmit(LinkAddress toOrAll, int exchange, ByteBuffer frame) {
        if (its.info().up()) {
            trace.crossed(node, false, sealed, frame);
        }
        its.transmit(toOrAll, exchange, frame);
    }

    @Override
    public void reply(LinkAddress to, int exchange, HopCode code, ByteBuffer frame) {
        if (its.info().up()) {
            trace.crossed(node, false, sealed, frame);
        }
        its.reply(to, exchange, code, frame);
    }

    @Override
    public String problem() {
        return its.problem();
    }

    @Override
    public Map<? extends Enum<?>, Long> counts() {
        return its.counts();
    }

    @Override
    public void close() {
        its.close();
    }
}
