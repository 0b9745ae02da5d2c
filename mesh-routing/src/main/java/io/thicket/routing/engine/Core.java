package io.thicket.routing.engine;

import io.thicket.routing.Alarm;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.security.FrameBuffers;
import io.thicket.routing.security.Signer;
import io.thicket.routing.security.Verifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What all parts of one router share: who it is, its own Seq, its counters, and the call that is being served. */
final class Core {
    private static final double ALARMS_PER_S = 0.1;
    private static final int ALARM_BURST = 5;

    /** Epochs of this boot that are remembered. */
    private static final int MAX_EPOCHS = 4;

    private static final long[] NO_EPOCHS = {};

    // Each call of the router begins with them: the JVM puts what is declared first in front.
    private @Nullable RouterEffects effects;
    final Scratch scratch;
    final NodeId self;
    final Counters counters = new Counters();

    /** When the parts want to be called. */
    final Agenda agenda = new Agenda();

    final RuleSwitches rules;
    final RandomGenerator random;

    /** A secret of this boot, so that nobody can choose names that make the hash tables slow. */
    final long tableSeed;

    // Of its RouterConfig what is asked for later; that is an object more for each router of a large simulation.
    final Signer signer;
    final Verifier verifier;
    final String name;
    final Set<Identity.Role> roles;
    final Map<LinkClass, RoutingParameters> parameters;
    final FrameBuffers buffers;

    private @Nullable TokenBuckets<NodeId> alarms;
    /** The epochs of this boot before the present one whose messages may still be settled, the latest last. */
    private long[] formerEpochs = NO_EPOCHS;

    /** A {@link PackedSeq}. */
    private long ownSeq;

    private long nowMs;

    Core(RouterConfig config, RuleSwitches rules) {
        this(config, rules, 0);
    }

    Core(RouterConfig config, RuleSwitches rules, long tableSeed) {
        this.self = config.self();
        this.random = config.random();
        this.rules = rules;
        this.tableSeed = tableSeed;
        this.signer = config.signer();
        this.verifier = config.verifier();
        this.name = config.name();
        this.roles = config.roles();
        this.parameters = config.parameters();
        this.buffers = config.buffers();
        this.scratch = buffers.part(Scratch.class, Scratch::new);
        this.ownSeq = PackedSeq.of(new Seq(config.epoch(), 1));
    }

    /** Every public call of the router begins here. */
    void begin(long now, RouterEffects callEffects) {
        nowMs = now;
        effects = callEffects;
    }

    void end() {
        effects = null;
    }

    long now() {
        return nowMs;
    }

    /** Where the present call's effects go. */
    RouterEffects out() {
        RouterEffects present = effects;
        if (present == null) {
            throw new AssertionError("an effect outside a call");
        }
        return present;
    }

    /** 2.1: only this node ever changes its own Seq. Made anew by each call. */
    Seq ownSeq() {
        return PackedSeq.unpack(ownSeq);
    }

    /** The last Seq of an epoch has no next one, which takes more than a hundred years. */
    Seq bumpOwnSeq() {
        Seq next = ownSeq().next();
        ownSeq = PackedSeq.of(next);
        return next;
    }

    /** The epoch that this node numbers everything in: that of its start, or a later one after an epoch repair (2.1). */
    long epoch() {
        return PackedSeq.epoch(ownSeq);
    }

    /** Whether this boot numbered messages in {@code epoch}. */
    boolean isOwnEpoch(long epoch) {
        for (long former : formerEpochs) {
            if (former == epoch) {
                return true;
            }
        }
        return epoch == epoch();
    }

    /** 2.1: the mesh has shown a later epoch of this node; {@code epoch} is newer than that, and on the disk. */
    void repairEpoch(long epoch) {
        int kept = Math.min(formerEpochs.length, MAX_EPOCHS - 2);
        long[] more = Arrays.copyOfRange(formerEpochs, formerEpochs.length - kept, formerEpochs.length + 1);
        more[kept] = epoch();
        formerEpochs = more;
        ownSeq = PackedSeq.of(new Seq(epoch, 1));
    }

    /** U8: told at a limited rate, so that a neighbour cannot fill the log; the counter has them all. */
    void descentAlarm(NodeId neighbor, String detail) {
        alarm(Alarm.Kind.DESCENT_VIOLATED, neighbor, detail);
    }

    /** Told at a limited rate per node that it is about. */
    void alarm(Alarm.Kind kind, NodeId about, String detail) {
        alarms = TokenBuckets.of(alarms, ALARMS_PER_S, ALARM_BURST);
        if (alarms.take(nowMs, about)) {
            out().alarm(new Alarm(kind, about, detail));
        }
    }

    /** Told at a limited rate for each node. */
    void cloneAlarm(NodeId node, String detail) {
        alarm(Alarm.Kind.CLONED_IDENTITY, node, detail);
    }

    /** Whether this node forwards for others. One that does not is a way to itself and to nobody else. */
    boolean isRelay() {
        return roles.contains(Identity.Role.RELAY);
    }

    /** Of one class; a configuration has those of all. */
    RoutingParameters parametersOf(LinkClass linkClass) {
        RoutingParameters found = parameters.get(linkClass);
        if (found == null) {
            throw new AssertionError(linkClass);
        }
        return found;
    }

    void count(RoutingCounter counter) {
        counters.count(counter);
    }
}
