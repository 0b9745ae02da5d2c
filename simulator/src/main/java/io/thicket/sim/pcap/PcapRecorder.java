package io.thicket.sim.pcap;

import io.thicket.routing.Alarm;
import io.thicket.routing.DropReason;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.sim.lab.Carried;
import io.thicket.sim.lab.FrameClass;
import io.thicket.sim.lab.LabObserver;
import io.thicket.sim.node.SimWallClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes what goes over the air as CoAP over UDP, with a comment that says who sends what, and beside it, as lines of syslog on a second interface, why
 * something was lost: frames that the MAC gave up, messages that routers dropped, readings given up, power and alarms.
 */
public final class PcapRecorder implements LabObserver {
    private static final int AIR = 0;
    private static final int EVENTS = 1;

    /** Packets that a comment names one by one. */
    private static final int NAMED_PACKETS = 8;

    /** Wireshark's epan/exported_pdu.h. */
    private static final int TAG_PROTOCOL_NAME = 12;

    private final PcapngWriter file;
    private final List<String> names;
    private final Map<NodeId, String> byId = new HashMap<>();
    private final byte[][] addresses;

    /** Records into {@code file} the nodes that have these ids and names. */
    public PcapRecorder(PcapngWriter file, List<NodeId> ids, List<String> names) {
        this.file = file;
        this.names = List.copyOf(names);
        addresses = new byte[names.size()][];
        List<PcapngWriter.Name> all = new ArrayList<>();
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = Udp6.address(i);
            byId.put(ids.get(i), names.get(i));
            all.add(new PcapngWriter.Name(addresses[i], names.get(i)));
        }
        all.add(new PcapngWriter.Name(Udp6.everyone(), "everyone"));
        file.addInterface(PcapngWriter.LINKTYPE_RAW, "air");
        file.addInterface(PcapngWriter.LINKTYPE_WIRESHARK_UPPER_PDU, "events");
        file.names(all);
    }

    @Override
    public void datagram(
            long nowUs, int from, int to, byte[] coap, boolean retry, FrameClass its, List<Carried> messages) {
        byte[] destination = to == EVERYONE ? Udp6.everyone() : addresses[to];
        file.packet(
                AIR,
                time(nowUs),
                Udp6.packet(addresses[from], destination, coap),
                frame(from, to, its, messages) + (retry ? ", sent again by the MAC" : ""));
    }

    @Override
    public void gaveUp(long nowUs, int from, int to, FrameClass its, List<Carried> messages) {
        event(nowUs, from, "the MAC gave up: " + frame(from, to, its, messages));
    }

    @Override
    public void dropped(long nowUs, int node, MessageId message, DropReason reason) {
        event(nowUs, node, "dropped " + name(message) + ": " + reason);
    }

    @Override
    public void lost(long nowUs, int source, long number, String reason) {
        event(nowUs, source, "gave up its packet " + number + ": " + reason);
    }

    @Override
    public void alarm(long nowUs, int node, Alarm alarm) {
        event(nowUs, node, "alarm " + alarm.kind() + ": " + alarm.detail());
    }

    @Override
    public void power(long nowUs, int node, boolean up) {
        event(nowUs, node, up ? "starts" : "lost its power");
    }

    private void event(long nowUs, int node, String what) {
        String text = names.get(node) + " " + what;
        byte[] protocol = "syslog".getBytes(StandardCharsets.US_ASCII);
        byte[] line = ("<14>" + text).getBytes(StandardCharsets.UTF_8);
        ByteBuffer pdu = ByteBuffer.allocate(4 + 8 + 4 + line.length);
        pdu.putShort((short) TAG_PROTOCOL_NAME)
                .putShort((short) 8)
                .put(protocol)
                .putShort((short) 0);
        pdu.putInt(0).put(line);
        file.packet(EVENTS, time(nowUs), pdu.flip(), text);
    }

    private String frame(int from, int to, FrameClass its, List<Carried> messages) {
        String what = its.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String carries = messages.isEmpty()
                ? ""
                : ": "
                        + messages.stream().limit(NAMED_PACKETS).map(this::name).collect(Collectors.joining(", "))
                        + (messages.size() > NAMED_PACKETS
                                ? " and " + (messages.size() - NAMED_PACKETS) + " more"
                                : "");
        return names.get(from) + " to " + (to == EVERYONE ? "everyone" : names.get(to)) + ", " + what + carries;
    }

    private String name(Carried carried) {
        String packets = carried.packets().isEmpty()
                ? ""
                : " (packets "
                        + carried.packets().stream()
                                .limit(NAMED_PACKETS)
                                .map(String::valueOf)
                                .collect(Collectors.joining(" "))
                        + ")";
        return name(carried.message()) + packets;
    }

    private String name(MessageId message) {
        return "message " + message.number() + " of "
                + byId.getOrDefault(message.origin(), String.valueOf(message.origin()));
    }

    private static long time(long nowUs) {
        return SimWallClock.START_MS * 1_000 + nowUs;
    }
}
