package io.thicket.routing.engine;

import io.thicket.routing.Alarm;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.FrameGuard;
import io.thicket.routing.security.OpenResult;
import io.thicket.routing.security.OpenStatus;
import io.thicket.routing.wire.Ask;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.DataFields;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.FrameReader;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Probe;
import io.thicket.routing.wire.Reg;
import io.thicket.routing.wire.Rerr;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.Tell;
import io.thicket.routing.wire.Trace;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one way into the engine: opens frames and replies, holds strangers at the challenge (2.1, 2.2), dispatches. */
final class Receiver {
    private static final double CHALLENGES_PER_S = 2;
    private static final int CHALLENGE_BURST = 4;
    private static final double ALL_CHALLENGES_PER_S = 50;
    private static final int ALL_CHALLENGES_BURST = 100;

    /** A challenge, the answer to another one, and the result of an exchange. */
    private static final int CHALLENGE_BYTES = 12 + 12 + 8;

    /** One alarm about a foreign key in so long. */
    private static final long FOREIGN_ALARM_MS = 600_000;

    /** Whom an answer goes to. Those who proved the network key have buckets that noise without it cannot empty. */
    private record Stranger(int link, LinkAddress address, boolean hasKey) {}

    // What HELLO and DATA need: the JVM puts what is declared first in front, in one line of memory.
    private final Core core;
    private final FrameGuard guard;
    private final FrameReader reader;
    private final NeighborTable neighbors;
    private final HelloService hellos;
    private final RoutingTable routes;
    private final EpochRepair epochs;
    private final DataPlane data;
    private final FrameSender frames;

    private final Forwarder forwarder;
    private final Identities identities;
    private final GatewayTrust trust;
    private final Discovery discovery;
    private final BootHistory boots;
    private final Tracer tracer;
    private @Nullable TokenBuckets<Stranger> challenges;
    private final OpenChallenges openChallenges;

    /** Some node may be kept out: nearly never, and asked at each frame. */
    private boolean twinsSeen;

    private @Nullable TokenBuckets<Boolean> allChallenges;
    private long foreignAlarmAtMs = Long.MIN_VALUE / 2;

    Receiver(
            Core core,
            FrameGuard guard,
            FrameSender frames,
            NeighborTable neighbors,
            RoutingTable routes,
            HelloService hellos,
            Identities identities,
            DataPlane data,
            Forwarder forwarder,
            Discovery discovery,
            BootHistory boots,
            EpochRepair epochs,
            Tracer tracer,
            GatewayTrust trust) {
        this.core = core;
        this.reader = core.buffers.reader(core.tableSeed);
        this.guard = guard;
        this.frames = frames;
        this.neighbors = neighbors;
        this.routes = routes;
        this.hellos = hellos;
        this.identities = identities;
        this.trust = trust;
        this.openChallenges = new OpenChallenges(core);
        this.data = data;
        this.forwarder = forwarder;
        this.discovery = discovery;
        this.boots = boots;
        this.epochs = epochs;
        this.tracer = tracer;
    }

    void onFrame(Interface link, LinkAddress from, ByteBuffer sealed, int exchange) {
        core.counters.received(sealed.remaining());
        OpenResult opened = guard.open(core.now(), sealed, exchange);
        if (isQuarantined(opened)) {
            return;
        }
        switch (opened.status()) {
            case LIVE -> live(link, from, opened, exchange);
            case NEW_NEEDS_CHALLENGE -> stranger(link, from, opened, exchange);
            case UNKNOWN_SESSION -> {
                core.count(RoutingCounter.DROPPED_UNKNOWN_SESSION);
                challenge(link, from, opened, exchange, List.of());
            }
            case OTHER_RECEIVER -> {
                core.count(RoutingCounter.DROPPED_UNKNOWN_SESSION);
                if (exchange != MeshRouter.NO_EXCHANGE) {
                    challenge(link, from, opened, exchange, List.of()); // U7: meant for my former self
                }
            }
            case REPLAY, BAD_SEAL, MALFORMED, FOREIGN_KEY_ID -> countBad(opened);
        }
    }

    void onReply(Interface link, LinkAddress from, int exchange, ByteBuffer sealed) {
        core.counters.received(sealed.remaining());
        OpenResult opened = guard.openReply(core.now(), sealed, exchange);
        if (isQuarantined(opened)) {
            return;
        }
        if (opened.status() == OpenStatus.NEW_NEEDS_CHALLENGE) {
            stranger(link, from, opened, MeshRouter.NO_EXCHANGE);
            return;
        }
        if (opened.status() != OpenStatus.LIVE) {
            countBad(opened);
            return;
        }
        List<MeshMessage> messages = decode(opened);
        Neighbor hop = neighbors.heard(opened, link, from);
        if (hop == null || messages.isEmpty()) {
            return;
        }
        answerChallenges(link, from, opened, messages);
        if (forwarder.hops().hopOf(exchange) == hop) {
            List<HopResult> replies = core.scratch.replies;
            replies.clear();
            for (int i = 0; i < messages.size(); i++) {
                if (messages.get(i) instanceof HopResult result) {
                    replies.add(result);
                }
            }
            forwarder.hops().onResults(exchange, replies);
        }
    }

    /** 2.1: nothing of a NodeId that two machines use is taken for a while. */
    private boolean isQuarantined(OpenResult opened) {
        boolean quarantined =
                twinsSeen && opened.status().authentic() && boots.isQuarantined(core.now(), opened.sender());
        if (quarantined) {
            core.count(RoutingCounter.DROPPED_UNKNOWN_SESSION);
        }
        return quarantined;
    }

    private void live(Interface link, LinkAddress from, OpenResult opened, int exchange) {
        List<MeshMessage> messages = decode(opened);
        Neighbor sender = neighbors.heard(opened, link, from);
        if (sender == null || messages.isEmpty()) {
            return;
        }
        boolean repeated = exchange != MeshRouter.NO_EXCHANGE && sender.isRepetition(core.now(), exchange);
        List<MeshMessage> results = core.scratch.results;
        if (exchange != MeshRouter.NO_EXCHANGE) {
            results.clear(); // whoever has no exchange is told no results
        }
        for (int i = 0; i < messages.size(); i++) {
            act(sender, messages.get(i), messages, exchange != MeshRouter.NO_EXCHANGE, repeated);
        }
        answerChallenges(link, from, opened, messages);
        if (exchange != MeshRouter.NO_EXCHANGE && !results.isEmpty()) {
            HopCode code = HopCode.CUSTODY;
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) instanceof HopResult hop && hop.code() != HopCode.CUSTODY) {
                    code = hop.code();
                }
            }
            if (code == HopCode.CUSTODY && !repeated) {
                sender.granted(core.now(), exchange);
            }
            frames.reply(link, from, sender.bootTag(), exchange, false, code, results);
        }
    }

    private void act(
            Neighbor sender, MeshMessage message, List<MeshMessage> frame, boolean confirmable, boolean repeated) {
        if (isAboutMe(message)) {
            result(confirmable && message instanceof Tell, HopResult.of(HopCode.CUSTODY));
        } else if (message instanceof Hello hello) {
            hellos.answer(sender.link, hellos.onHello(sender, hello));
        } else if (message instanceof Reg reg) {
            // A neighbour may only speak for itself here: its own Seq at metric 0.
            if (reg.node().equals(sender.id()) && reg.distance().metric() == 0) {
                Distance distance = reg.distance();
                routes.advert(core.now(), reg.node(), sender, distance.seq(), 0, 0);
                epochs.onAnnounced(sender, distance.seq());
            }
            result(confirmable, HopResult.of(HopCode.CUSTODY));
        } else if (message instanceof DataFields payload) {
            // Without an exchange nobody would learn of custody.
            if (confirmable) {
                core.scratch.results.add(data.onData(sender, payload));
            }
        } else if (message instanceof E2eAck ack) {
            HopResult result = data.onE2eAck(sender, ack, repeated);
            if (confirmable) {
                core.scratch.results.add(result);
            } else {
                discovery.refuse(sender, ack, result.code());
            }
        } else if (message instanceof Rreq || message instanceof Rerr || message instanceof Ask) {
            result(confirmable, discovery.onMessage(sender, message, frame, confirmable, repeated));
        } else if (message instanceof Rrep || message instanceof Tell) {
            // Without an exchange nobody would learn of a failure.
            if (confirmable) {
                core.scratch.results.add(discovery.onMessage(sender, message, frame, true, repeated));
            }
        } else if (message instanceof Trace trace) {
            if (confirmable) {
                core.scratch.results.add(tracer.onTrace(sender, trace, repeated));
            }
        } else if (message instanceof Probe) {
            result(confirmable, HopResult.of(HopCode.CUSTODY));
        } else if (message instanceof Ident ident) {
            boolean gateways = trust.isRestricted() && trust.mayBeGateway(ident.id());
            identities.onIdent(ident, gateways ? ident.id() : sender.id()); // a relay spreads those of gateways
        } else if (message instanceof Chal) {
            result(confirmable, HopResult.of(HopCode.CUSTODY));
        }
        // Everything else, a hop result say, means something in a reply only.
    }

    /** 2.1, U10: what others say about this node itself can repair its epoch and does nothing else. */
    private boolean isAboutMe(MeshMessage message) {
        if (message instanceof Ident ident && ident.id().equals(core.self)) {
            epochs.onProof(ident);
            return true;
        }
        if (message instanceof Tell tell && tell.destination().equals(core.self)) {
            epochs.onClaim(tell.distance().seq());
            return true;
        }
        return false;
    }

    private void result(boolean confirmable, HopResult result) {
        if (confirmable) {
            core.scratch.results.add(result);
        }
    }

    /** A genuine frame of a boot that has not proven to be present. Only challenges are acted on. */
    private void stranger(Interface link, LinkAddress from, OpenResult opened, int exchange) {
        List<MeshMessage> messages = decode(opened);
        List<MeshMessage> answers = new ArrayList<>(2);
        for (MeshMessage message : messages) {
            if (opened.form().isUnicast() && isAboutMe(message)) {
                continue; // It names my present boot, so it is no recording of before.
            }
            if (message instanceof Chal chal) {
                if (chal.kind() == Chal.Kind.CHALLENGE) {
                    answers.add(new Chal(Chal.Kind.ANSWER, chal.nonce()));
                } else if (guard.accept(core.now(), opened, chal.nonce())) {
                    openChallenges.answered(opened);
                    if (!isOnlyOne(opened)) {
                        return;
                    }
                    Neighbor accepted = neighbors.heard(opened, link, from);
                    if (accepted != null) {
                        neighbors.proved(accepted); // my challenge got there, its answer came back
                    }
                    answerOnly(link, from, opened, answers, messages);
                    return;
                }
            }
        }
        core.count(RoutingCounter.DROPPED_UNKNOWN_SESSION);
        challenge(link, from, opened, exchange, answers);
    }

    /** 2.1: two boots of one NodeId that are present at once are kept out, both; so is another boot of my own. */
    private boolean isOnlyOne(OpenResult opened) {
        NodeId node = opened.sender();
        boolean myself = node.equals(core.self);
        if (!myself && boots.accepted(core.now(), node, opened.senderBootTag(), opened.epoch())) {
            return true;
        }
        twinsSeen |= !myself;
        neighbors.endSessions(node);
        guard.forget(node, opened.senderBootTag());
        core.cloneAlarm(
                node,
                myself
                        ? "another machine uses this node's key (a copied SD card?)"
                        : "two machines use this node's key (a copied SD card?); both are kept out for "
                                + BootHistory.QUARANTINE_MS / 60_000 + " min");
        return false;
    }

    private void answerOnly(
            Interface link,
            LinkAddress from,
            OpenResult opened,
            List<MeshMessage> answers,
            List<MeshMessage> messages) {
        for (MeshMessage message : messages) {
            if (answers.isEmpty() && message instanceof Chal chal && chal.kind() == Chal.Kind.CHALLENGE) {
                answers.add(new Chal(Chal.Kind.ANSWER, chal.nonce()));
            }
        }
        if (!answers.isEmpty() && mayChallenge(link, from, true)) {
            frames.introduce(link, from, opened.senderBootTag(), answers);
        }
    }

    private void answerChallenges(Interface link, LinkAddress from, OpenResult opened, List<MeshMessage> messages) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof Chal) {
                answerOnly(link, from, opened, new ArrayList<>(1), messages);
                return;
            }
        }
    }

    private void challenge(
            Interface link, LinkAddress from, OpenResult opened, int exchange, List<MeshMessage> answers) {
        if (!mayChallenge(link, from, opened.status().authentic())) {
            core.count(RoutingCounter.DROPPED_RATE_LIMITED);
            return;
        }
        List<MeshMessage> messages = new ArrayList<>(3);
        if (exchange != MeshRouter.NO_EXCHANGE) {
            messages.add(HopResult.of(HopCode.UNKNOWN_SESSION));
        }
        if (opened.status() == OpenStatus.NEW_NEEDS_CHALLENGE) {
            int room = link.info.mtuBytes() - FrameForm.REPLY_INTRODUCED.overheadBytes() - CHALLENGE_BYTES;
            messages.addAll(epochs.evidenceFor(opened.sender(), opened.senderBootTag(), opened.epoch(), room));
            openChallenges.challenged(link, from, opened);
        }
        messages.addAll(answers);
        messages.add(challengeOf(opened.senderPrefix(), opened.senderBootTag()));
        core.count(RoutingCounter.CHALLENGES_SENT);
        if (exchange != MeshRouter.NO_EXCHANGE) {
            frames.reply(link, from, opened.senderBootTag(), exchange, true, HopCode.UNKNOWN_SESSION, messages);
        } else {
            frames.introduce(link, from, opened.senderBootTag(), messages);
        }
    }

    private Chal challengeOf(int prefix, int bootTag) {
        return new Chal(Chal.Kind.CHALLENGE, guard.challengeNonce(core.now(), prefix, bootTag));
    }

    /** The link is another one from now on. */
    void linkGone(Interface link) {
        openChallenges.linkGone(link);
    }

    /** Once a second at most. */
    void sweep() {
        challenges = TokenBuckets.trimmed(challenges, core.now()); // each neighbour was a stranger once
        allChallenges = TokenBuckets.trimmed(allChallenges, core.now());
        identities.sweep();
    }

    /** Asks strangers again that did not answer. */
    void onDeadline() {
        openChallenges.onDeadline(stranger -> {
            if (mayChallenge(stranger.link, stranger.from, true)) {
                core.count(RoutingCounter.CHALLENGES_SENT);
                List<MeshMessage> again = List.of(challengeOf(stranger.prefix, stranger.bootTag));
                frames.introduce(stranger.link, stranger.from, stranger.bootTag, again);
            }
        });
    }

    private boolean mayChallenge(Interface link, LinkAddress from, boolean hasKey) {
        challenges = TokenBuckets.of(challenges, CHALLENGES_PER_S, CHALLENGE_BURST);
        allChallenges = TokenBuckets.of(allChallenges, ALL_CHALLENGES_PER_S, ALL_CHALLENGES_BURST);
        return challenges.take(core.now(), new Stranger(link.number, from, hasKey))
                && allChallenges.take(core.now(), hasKey);
    }

    private List<MeshMessage> decode(OpenResult opened) {
        try {
            return reader.read(opened.plaintext());
        } catch (WireFormatException e) {
            core.count(RoutingCounter.DROPPED_MALFORMED);
            return List.of();
        }
    }

    private void countBad(OpenResult opened) {
        switch (opened.status()) {
            case REPLAY -> core.count(RoutingCounter.DROPPED_REPLAY);
            case BAD_SEAL -> core.count(RoutingCounter.DROPPED_BAD_SEAL);
            case MALFORMED -> core.count(RoutingCounter.DROPPED_MALFORMED);
            case FOREIGN_KEY_ID -> {
                core.count(RoutingCounter.DROPPED_BAD_SEAL);
                if (core.now() - foreignAlarmAtMs > FOREIGN_ALARM_MS) {
                    foreignAlarmAtMs = core.now();
                    core.out()
                            .alarm(new Alarm(
                                    Alarm.Kind.FOREIGN_NETWORK_KEY,
                                    OpenResult.NOBODY,
                                    "a frame of another network or with another network key was heard"));
                }
            }
            case LIVE, NEW_NEEDS_CHALLENGE, UNKNOWN_SESSION, OTHER_RECEIVER ->
                core.count(RoutingCounter.DROPPED_UNKNOWN_SESSION);
        }
    }
}
