package io.thicket.sim.recording;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.Alarm;
import io.thicket.routing.DropReason;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.lab.Carried;
import io.thicket.sim.lab.FrameClass;
import io.thicket.sim.lab.LabObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what it hears and sees of a network into the events of a recording (docs/view.md). */
public final class RunRecorder implements LabObserver {
    /** A block ends when its events are so many characters, or twice its first picture if that is more. */
    private static final int BLOCK_CHARS = 512 << 10;

    /** A node is looked at this often or more rarely, if its routes do not change. */
    private static final int LOOK_EVERY_STEPS = 5;

    /** Nodes that are looked at in each step at most, beside those whose routes changed. */
    private static final int LOOKS = 200;

    /** Messages whose packets are remembered for drops and settlements. */
    private static final int MAX_MESSAGES = 50_000;

    /** Shows a node; null where there is nothing to see. */
    public interface Sight {
        @Nullable
        NodeSnapshot node(int number);

        @Nullable
        RoutingSnapshot router(int number);
    }

    private record FaultChange(long atUs, int number, boolean on) {}

    private final RunFileWriter file;
    private final Sight sight;
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final NodePicture[] pictures;
    private final double[][] places;
    private final List<List<Integer>> packets = new ArrayList<>();
    private final Map<MessageId, List<Integer>> packetsOf = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, List<Integer>> eldest) {
            return size() > MAX_MESSAGES;
        }
    };
    private final Set<Integer> changed = new LinkedHashSet<>();
    private final Set<Integer> faults = new LinkedHashSet<>();
    private final Deque<FaultChange> planned = new ArrayDeque<>();
    private final BitSet arrived = new BitSet();
    private final EventLine line = new EventLine();
    private final Overview overview;
    private final long[] counts = new long[3];
    private int packetCount;
    private int nextLook;
    private int keyLength;
    private boolean full;

    /** A recorder of a network whose nodes have these ids, for a run of so long. */
    public RunRecorder(RunFileWriter file, List<NodeId> ids, long durationUs, Sight sight) {
        this.file = file;
        this.sight = sight;
        this.pictures = new NodePicture[ids.size()];
        this.places = new double[ids.size()][];
        this.overview = new Overview(durationUs);
        Arrays.fill(pictures, NodePicture.DOWN);
        for (int i = 0; i < ids.size(); i++) {
            numbers.put(ids.get(i), i);
            packets.add(new ArrayList<>());
        }
    }

    /** Before the first event; the run has rows of that many us. */
    public long begin() {
        key(0);
        return overview.rowUs();
    }

    /** Looks at nodes, and says that everything before that time was told. */
    public void step(long nowUs) {
        faultsUntil(nowUs);
        int looks = Math.min(LOOKS, (pictures.length + LOOK_EVERY_STEPS - 1) / LOOK_EVERY_STEPS);
        for (int i = 0; i < looks; i++) {
            changed.add(nextLook);
            nextLook = (nextLook + 1) % pictures.length;
        }
        for (int node : changed) {
            look(nowUs, node, picture(node));
        }
        changed.clear();
        file.reached(nowUs, overview.json());
        endFullBlock(nowUs);
    }

    /** Everything before that time was told; in a large network so much may be that a block is full before the next {@link #step}. */
    public void slice(long nowUs) {
        faultsUntil(nowUs);
        if (isBlockFull()) {
            file.reached(nowUs, overview.json());
            endFullBlock(nowUs);
        }
    }

    private boolean isBlockFull() {
        return file.openLength() >= Math.max(BLOCK_CHARS, 3 * keyLength);
    }

    private void endFullBlock(long nowUs) {
        if (isBlockFull()) {
            file.endBlock();
            overview.clear();
            full |= file.isFull();
            if (!full) {
                key(nowUs);
            }
        }
    }

    /** Says that everything before that time was told, without a look at any node: for those who watch a slow run. */
    public void reached(long nowUs) {
        faultsUntil(nowUs);
        file.reached(nowUs, overview.json());
    }

    /** Whether the recording ended before the run, because it grew too large. */
    public boolean isFull() {
        return full;
    }

    private void look(long nowUs, int node, NodePicture now) {
        if (!now.equals(pictures[node])) {
            pictures[node] = now;
            write(begin(nowUs, "node").with("n", node).with(now));
        }
    }

    private NodePicture picture(int node) {
        NodeSnapshot whole = sight.node(node);
        if (whole != null) {
            return NodePicture.of(whole, this::numberOf);
        }
        RoutingSnapshot router = sight.router(node);
        return router == null ? NodePicture.DOWN : NodePicture.of(router, this::numberOf);
    }

    private int numberOf(NodeId id) {
        return numbers.getOrDefault(id, NodePicture.NOBODY);
    }

    /** The whole picture, from which the events of a block go on. */
    private void key(long nowUs) {
        file.beginBlock(nowUs);
        write(line.begin(nowUs, "key")
                .with("offered", counts[0])
                .with("delivered", counts[1])
                .with("lost", counts[2])
                .withAll("faults", List.copyOf(faults)));
        for (int i = 0; i < pictures.length; i++) {
            write(line.begin(nowUs, "node").with("n", i).with(pictures[i]));
            if (places[i] != null) {
                writePlace(nowUs, i);
            }
        }
        keyLength = file.openLength();
        file.reached(nowUs, overview.json());
    }

    /** Begins an event, behind the faults that are due by then. */
    private EventLine begin(long nowUs, String kind) {
        faultsUntil(nowUs);
        return line.begin(nowUs, kind);
    }

    private void faultsUntil(long nowUs) {
        while (!planned.isEmpty() && planned.element().atUs() <= nowUs) {
            FaultChange change = planned.remove();
            fault(change.atUs(), change.number(), change.on());
        }
    }

    private void write(EventLine event) {
        if (!full) {
            file.event(event.end());
        }
    }

    private void writeNote(EventLine event) {
        if (!full) {
            CharSequence text = event.end();
            file.event(text);
            overview.note(text);
        }
    }

    /** A node moved, to there in metres. */
    public void moved(long nowUs, int node, double x, double y) {
        double[] before = places[node];
        if (before == null || StrictMath.abs(before[0] - x) + StrictMath.abs(before[1] - y) >= 1) {
            places[node] = new double[] {x, y};
            writePlace(nowUs, node);
        }
    }

    private void writePlace(long nowUs, int node) {
        write(begin(nowUs, "place")
                .with("n", node)
                .with("x", StrictMath.round(places[node][0]))
                .with("y", StrictMath.round(places[node][1])));
    }

    /** A fault of the header's list will begin or end: told when it is time, before all else of that time. Ascending. */
    public void plan(long atUs, int number, boolean on) {
        planned.add(new FaultChange(atUs, number, on));
    }

    /** A fault of the header's list begins or ends. */
    public void fault(long nowUs, int number, boolean on) {
        if (on) {
            faults.add(number);
        } else {
            faults.remove(number);
        }
        writeNote(line.begin(nowUs, "fault").with("f", number).with("on", on ? 1 : 0));
    }

    /** An invariant of the engine broke. */
    public void broken(long nowUs, String what) {
        writeNote(begin(nowUs, "broken").with("why", what));
    }

    // --- what the network tells ------------------------------------------------------------------------------------

    @Override
    public void created(long nowUs, int source, long number, int destination) {
        int packet = packetCount++;
        packets.get(source).add(packet);
        counts[0]++;
        overview.count(nowUs, Overview.OFFERED);
        overview.made(packet, source, destination, nowUs);
        write(begin(nowUs, "offer").with("n", source).with("p", packet).with("to", destination));
    }

    @Override
    public void arrived(long nowUs, int source, long number, int hops) {
        int packet = packet(source, number);
        if (packet < 0) {
            return;
        }
        EventLine event =
                begin(nowUs, "done").with("n", source).with("p", packet).with("hops", hops);
        if (arrived.get(packet)) {
            write(event.with("again", 1));
            return;
        }
        arrived.set(packet);
        counts[1]++;
        overview.count(nowUs, Overview.DELIVERED);
        overview.ended(packet, nowUs, hops);
        write(event);
    }

    @Override
    public void lost(long nowUs, int source, long number, String reason) {
        int packet = packet(source, number);
        if (packet < 0) {
            return; // of no packet that was planned
        }
        counts[2]++;
        overview.count(nowUs, Overview.LOST);
        overview.ended(packet, nowUs, -1);
        writeNote(begin(nowUs, "lost").with("n", source).with("p", packet).with("why", reason));
    }

    private int packet(int source, long number) {
        boolean known = source >= 0
                && source < packets.size()
                && number >= 1
                && number <= packets.get(source).size();
        return known ? packets.get(source).get((int) number - 1) : -1;
    }

    @Override
    public void composed(int node, Carried message) {
        packetsOf(message);
    }

    @Override
    public void transmitted(
            long nowUs, int from, int to, FrameClass its, int bytes, boolean retry, List<Carried> messages) {
        overview.count(nowUs, its.isControl() ? Overview.CONTROL_FRAMES : Overview.DATA_FRAMES);
        EventLine event = frame(nowUs, "tx", from, to, its, messages).with("b", bytes);
        write(retry ? event.with("r", 1) : event);
    }

    @Override
    public void heard(long nowUs, int at, int from, FrameClass its, List<Carried> messages) {
        write(frame(nowUs, "rx", from, at, its, messages));
    }

    @Override
    public void gaveUp(long nowUs, int from, int to, FrameClass its, List<Carried> messages) {
        write(frame(nowUs, "fail", from, to, its, messages));
    }

    @Override
    public void vanished(long nowUs, int insider, Carried message) {
        write(begin(nowUs, "vanish")
                .with("n", insider)
                .withWords("m", List.of(name(message.message())))
                .withAll("p", packetsOf(message)));
    }

    @Override
    public void crossed(long nowUs, int node, boolean came, FrameClass its, int bytes, List<Carried> messages) {
        write(frame(nowUs, came ? "in" : "out", node, NodePicture.NOBODY, its, messages)
                .with("b", bytes));
    }

    @Override
    public void foreign(long nowUs, String name, int hops) {
        write(begin(nowUs, "foreign").with("name", name).with("hops", hops));
    }

    private EventLine frame(long nowUs, String kind, int from, int to, FrameClass its, List<Carried> messages) {
        EventLine event = begin(nowUs, kind).with("n", from).with("to", to).with("c", its.name());
        if (messages.isEmpty()) {
            return event;
        }
        List<String> names = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        for (Carried carried : messages) {
            names.add(name(carried.message()));
            all.addAll(packetsOf(carried));
        }
        return event.withWords("m", names).withAll("p", all);
    }

    private List<Integer> packetsOf(Carried carried) {
        List<Integer> known = packetsOf.get(carried.message());
        if (known == null && !carried.packets().isEmpty()) {
            int source = numberOf(carried.message().origin());
            known = carried.packets().stream()
                    .map(number -> packet(source, number))
                    .filter(packet -> packet >= 0)
                    .toList();
            packetsOf.put(carried.message(), known);
        }
        return known == null ? List.of() : known;
    }

    private String name(MessageId message) {
        return numberOf(message.origin()) + "." + message.epoch() + "." + message.number();
    }

    @Override
    public void dropped(long nowUs, int node, MessageId message, DropReason reason) {
        overview.count(nowUs, Overview.DROPPED);
        writeNote(begin(nowUs, "drop")
                .with("n", node)
                .withWords("m", List.of(name(message)))
                .withAll("p", packetsOf.getOrDefault(message, List.of()))
                .with("why", reason.name()));
    }

    @Override
    public void routeChanged(long nowUs, int node, RouteChange change) {
        changed.add(node);
        NodeId next = change.nextHop();
        write(begin(nowUs, "route")
                .with("n", node)
                .with("dest", numberOf(change.destination()))
                .with("next", next == null ? NodePicture.NOBODY : numberOf(next))
                .with("why", change.reason().name()));
    }

    @Override
    public void alarm(long nowUs, int node, Alarm alarm) {
        writeNote(begin(nowUs, "alarm")
                .with("n", node)
                .with("about", numberOf(alarm.node()))
                .with("what", alarm.kind().name())
                .with("why", alarm.detail()));
    }

    @Override
    public void power(long nowUs, int node, boolean up) {
        writeNote(begin(nowUs, "power").with("n", node).with("on", up ? 1 : 0));
        look(nowUs, node, up ? picture(node) : NodePicture.DOWN);
    }
}
