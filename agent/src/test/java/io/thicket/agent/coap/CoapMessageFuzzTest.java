package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever comes over the mesh as a CoAP message: the node answers or keeps silent, and serves the next request. */
class CoapMessageFuzzTest {
    /** GET /status; GET with Proxy-Uri; GET with Proxy-Scheme, Hop-Limit, Block2; PUT with Block1; ACK; RST; observe. */
    private static final List<byte[]> SEEDS = List.of(
            hex("42011234aabbb6737461747573"),
            proxyUri("coap://n2/sensors/air?a=b"),
            hex("440112350a0b0c0d326e321173686f72742104c121d10d04"),
            hex("42031236aabb6673746174757352d1021aff414243"),
            hex("60001234"),
            hex("70001234"),
            hex("42011237aabb60567365" + "6e736f727303616972"));

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] proxyUri(String uri) {
        byte[] value = uri.getBytes(StandardCharsets.US_ASCII);
        byte[] head = {0x41, 1, 0x12, 0x38, 0x55, (byte) 0xdd, 35 - 13, (byte) (value.length - 13)};
        byte[] message = new byte[head.length + value.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(value, 0, message, head.length, value.length);
        return message;
    }

    @FuzzTest(maxDuration = "10m")
    void any_message_is_survived(byte[] message) {
        try (TestNet net = new TestNet(1)) {
            FakeNode node = net.add(new FakeNode(1).knows(2, 1));
            net.add(new FakeNode(2));
            net.node(node).onMeshMessage(FakeNode.nodeId(2), message);
            net.timers.run(100_000);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void any_proxy_uri_and_any_directory_are_read_or_refused(byte[] text) {
        ProxyUri.parse(new String(text, StandardCharsets.ISO_8859_1));
        DirectoryEntry.parse(new String(text, StandardCharsets.ISO_8859_1));
        MeshAddress.parse(new String(text, StandardCharsets.ISO_8859_1));
    }

    @Test
    void twenty_thousand_mutated_messages_are_survived() {
        RandomGenerator random = TestNet.generator(99);
        try (TestNet net = new TestNet(2)) {
            FakeNode node = net.add(new FakeNode(1).knows(2, 1));
            net.add(new FakeNode(2));
            TestNet.Client client = net.client(50);
            for (int i = 0; i < 20_000; i++) {
                net.node(node).onMeshMessage(FakeNode.nodeId(2), mutate(SEEDS.get(i % SEEDS.size()), random));
                net.timers.run(60);
            }
            net.timers.run(600_000);

            TestNet.Pending answer = client.get(node, "directory");
            net.timers.run(10_000);
            assertEquals("2.05", answer.code());
        }
    }

    private static byte[] mutate(byte[] seed, RandomGenerator random) {
        byte[] message = seed.clone();
        message[3] = (byte) random.nextInt();
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(message, random.nextInt(message.length + 8)) : message;
    }
}
