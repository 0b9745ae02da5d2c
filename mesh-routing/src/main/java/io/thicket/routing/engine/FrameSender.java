package io.thicket.routing.engine;

import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.FrameGuard;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.FrameWriter;
import io.thicket.routing.wire.MeshMessage;
import java.nio.ByteBuffer;
import java.util.List;

/** Encodes, seals and transmits: the one way out of the engine. Two buffers serve all frames. */
final class FrameSender {
    private final Core core;
    private final FrameGuard guard;
    private final FrameWriter writer;
    private final ByteBuffer plain;
    private final ByteBuffer sealed;

    FrameSender(Core core, FrameGuard guard) {
        this.core = core;
        this.guard = guard;
        this.writer = core.scratch.writer;
        this.plain = core.buffers.plain();
        this.sealed = core.buffers.sealed();
    }

    /** To everyone on the link, with the introduction that lets strangers derive the key. */
    void broadcast(Interface link, List<MeshMessage> messages) {
        broadcast(link, messages, DutyBudget.Use.of(messages, true));
    }

    /** The same out of the airtime for {@code use}. */
    void broadcast(Interface link, List<MeshMessage> messages, DutyBudget.Use use) {
        if (!hasAirtime(link, FrameForm.BROADCAST_INTRODUCED, messages, use)) {
            return;
        }
        seal(FrameForm.BROADCAST_INTRODUCED, 0, MeshRouter.NO_EXCHANGE, messages);
        transmit(link, LinkAddress.ALL, MeshRouter.NO_EXCHANGE);
        core.count(RoutingCounter.CONTROL_FRAMES_SENT);
    }

    /** To one session. Returns the bytes of the frame, 0 if it was not sent for want of airtime or for its size. */
    int unicast(Neighbor to, int exchange, List<MeshMessage> messages) {
        if (to.link.duty.isLimited()
                && !hasAirtime(to.link, FrameForm.UNICAST, messages, DutyBudget.Use.of(messages, false))) {
            return 0;
        }
        seal(FrameForm.UNICAST, to.bootTag(), exchange, messages);
        int bytes = sealed.remaining();
        return transmit(to.link, to.address, exchange) ? bytes : 0;
    }

    /** To a boot that need not know this one: challenges and their answers. */
    void introduce(Interface link, LinkAddress to, int bootTag, List<MeshMessage> messages) {
        if (!hasAirtime(link, FrameForm.UNICAST_INTRODUCED, messages, DutyBudget.Use.CONTROL)) {
            return;
        }
        seal(FrameForm.UNICAST_INTRODUCED, bootTag, MeshRouter.NO_EXCHANGE, messages);
        transmit(link, to, MeshRouter.NO_EXCHANGE);
        core.count(RoutingCounter.CONTROL_FRAMES_SENT);
    }

    /** Answers {@code exchange}; introduced if the other side may not know this boot. */
    void reply(
            Interface link,
            LinkAddress to,
            int bootTag,
            int exchange,
            boolean introduced,
            HopCode code,
            List<MeshMessage> messages) {
        FrameForm form = introduced ? FrameForm.REPLY_INTRODUCED : FrameForm.REPLY;
        if (!hasAirtime(link, form, messages, DutyBudget.Use.ACK)) {
            return;
        }
        seal(form, bootTag, exchange, messages);
        if (isTooLarge(link)) {
            return;
        }
        core.count(code == HopCode.CUSTODY ? RoutingCounter.HOP_ACKS_SENT : RoutingCounter.HOP_REFUSALS_SENT);
        core.counters.sent(sealed.remaining());
        core.out().reply(link.id, to, exchange, code, sealed);
    }

    /** Never beyond the duty: what could not be asked about before ends here. */
    private boolean hasAirtime(Interface link, FrameForm form, List<MeshMessage> messages, DutyBudget.Use use) {
        if (!link.duty.isLimited()) {
            return true;
        }
        int bytes = form.overheadBytes();
        for (MeshMessage message : messages) {
            bytes += FrameCodec.encodedBytes(message);
        }
        boolean taken = link.duty.take(core.now(), use, bytes);
        if (!taken) {
            core.count(RoutingCounter.DROPPED_NO_AIRTIME);
        }
        return taken;
    }

    private void seal(FrameForm form, int bootTag, int exchange, List<MeshMessage> messages) {
        plain.clear();
        for (int i = 0; i < messages.size(); i++) {
            writer.write(messages.get(i), plain);
        }
        plain.flip();
        sealed.clear();
        guard.seal(form, bootTag, exchange, plain, sealed);
        sealed.flip();
    }

    /** What is made here is cut to the MTU where it is made; this is for what was forgotten there. */
    private boolean isTooLarge(Interface link) {
        boolean tooLarge = sealed.remaining() > link.info.mtuBytes();
        if (tooLarge) {
            core.count(RoutingCounter.DROPPED_TOO_LARGE);
        }
        return tooLarge;
    }

    private boolean transmit(Interface link, LinkAddress to, int exchange) {
        if (isTooLarge(link)) {
            return false;
        }
        core.count(RoutingCounter.FRAMES_SENT);
        core.counters.sent(sealed.remaining());
        core.out().transmit(link.id, to, exchange, sealed);
        return true;
    }
}
