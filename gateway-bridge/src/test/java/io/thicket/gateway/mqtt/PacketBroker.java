package io.thicket.gateway.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Just enough of an MQTT 5 broker to see the packets of one client, down to how its connection ends. */
final class PacketBroker implements AutoCloseable {
    static final int CONNECT = 1;
    static final int PUBLISH = 3;
    static final int DISCONNECT = 14;

    /** Stands in the list of packets where the connection ended. */
    static final int END = -1;

    private static final int SUBSCRIBE = 8;

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    /** Types of the packets that came (MQTT 5 section 2.1.2). */
    final List<Integer> packets = new CopyOnWriteArrayList<>();

    /** What was published, topic and all, as it was on the wire. */
    final List<String> published = new CopyOnWriteArrayList<>();

    /** Topics and payloads that come before the answer to a SUBSCRIBE, as a broker may (MQTT 5 section 3.8.4), by turns. */
    private final String[] retained;

    /** One that retains these topics and payloads, by turns. */
    PacketBroker(String... retained) throws IOException {
        this.retained = retained;
        Thread thread = new Thread(
                () -> {
                    while (!server.isClosed()) {
                        try (Socket socket = server.accept()) {
                            serve(socket);
                        } catch (IOException e) {
                            // The client hung up hard, or the test is over.
                        }
                        packets.add(END);
                    }
                },
                "packet-broker");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "mqtt://127.0.0.1:" + server.getLocalPort();
    }

    private void serve(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        for (int first = in.read(); first >= 0; first = in.read()) {
            byte[] body = new byte[variableLength(in)];
            in.readFully(body);
            int type = first >> 4;
            if (type == PUBLISH) {
                published.add(new String(body, StandardCharsets.ISO_8859_1));
                passOnMarker(ByteBuffer.wrap(body), out);
            }
            packets.add(type);
            if (type == CONNECT) {
                out.write(new byte[] {0x20, 3, 0, 0, 0});
            } else if (type == SUBSCRIBE) {
                for (int i = 0; i < retained.length; i += 2) {
                    out.write(publish(retained[i], retained[i + 1]));
                }
                int filters = filters(ByteBuffer.wrap(body));
                byte[] suback = new byte[5 + filters]; // granted with QoS 0, each
                suback[0] = (byte) 0x90;
                suback[1] = (byte) (3 + filters);
                suback[2] = body[0];
                suback[3] = body[1];
                out.write(suback);
            } else if (type == PUBLISH && (first >> 1 & 3) == 1) {
                int topic = (body[0] & 0xff) << 8 | body[1] & 0xff;
                out.write(new byte[] {0x40, 2, body[2 + topic], body[3 + topic]});
            }
            out.flush();
        }
    }

    private static int variableLength(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            if (digit < 0x80) {
                return length;
            }
        }
        throw new IOException("no length");
    }

    /** What a gateway says to itself comes back, if its properties are shorter than 128 bytes. */
    private static void passOnMarker(ByteBuffer body, OutputStream out) throws IOException {
        byte[] topic = new byte[body.getShort()];
        body.get(topic);
        String name = new String(topic, StandardCharsets.UTF_8);
        if (name.endsWith("/sync")) {
            body.position(body.position() + 2); // the packet identifier
            body.position(body.position() + 1 + body.get(body.position()));
            out.write(publish(name, StandardCharsets.UTF_8.decode(body).toString()));
        }
    }

    /** A PUBLISH with QoS 0. */
    private static byte[] publish(String topic, String payload) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        byte[] text = payload.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(5 + name.length + text.length)
                .put((byte) 0x30)
                .put((byte) (3 + name.length + text.length))
                .putShort((short) name.length)
                .put(name)
                .put((byte) 0)
                .put(text)
                .array();
    }

    /** Of a SUBSCRIBE whose properties are shorter than 128 bytes. */
    private static int filters(ByteBuffer body) {
        body.position(2);
        body.position(body.position() + 1 + body.get(body.position()));
        int filters = 0;
        for (; body.hasRemaining(); filters++) {
            int length = body.getShort() & 0xffff;
            body.position(body.position() + length + 1);
        }
        return filters;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
