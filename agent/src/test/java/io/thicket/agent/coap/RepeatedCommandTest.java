package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOutcome;
import io.thicket.routing.NodeId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that come again, or that mean the rest of an answer, do not command again. Messages are written byte by byte. */
class RepeatedCommandTest {
    private static final int GET = 1;
    private static final int POST = 2;
    private static final int URI_HOST = 3;
    private static final int URI_PATH = 11;
    private static final int BLOCK2 = 23;
    private static final int PROXY_SCHEME = 39;

    private static final byte[] BLOCK_ONE = {0x12};

    private final TestNet net = new TestNet(1);
    private final NodeId peer = FakeNode.nodeId(50);
    private FakeNode n1;

    private FakeNode node(int number) {
        FakeNode node = new FakeNode(number).knows(1, 1).knows(2, 1).knows(50, 1);
        node.commands.put("air", List.of(new CommandInfo("sleep", "fan off", null, false, false, "by its answer")));
        node.access = new CommandAccess(false, true, Map.of());
        return net.add(node);
    }

    @AfterEach
    void close() {
        net.close();
    }

    /** A confirmable request with one byte of token, and options in the order of their numbers. */
    private void send(int code, int messageId, Object... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x41, (byte) code, (byte) (messageId >> 8), (byte) messageId, (byte) messageId});
        int before = 0;
        for (int i = 0; i < options.length; i += 2) {
            int number = (Integer) options[i];
            byte[] value = options[i + 1] instanceof byte[] bytes
                    ? bytes
                    : options[i + 1].toString().getBytes(StandardCharsets.UTF_8);
            int delta = number - before;
            before = number;
            out.write((delta < 13 ? delta : 13) << 4 | value.length);
            if (delta >= 13) {
                out.write(delta - 13);
            }
            out.writeBytes(value);
        }
        net.node(n1).onMeshMessage(peer, out.toByteArray());
        net.timers.run(50);
    }

    private void sleep(int messageId) {
        send(POST, messageId, URI_PATH, "sensors", URI_PATH, "air", URI_PATH, "commands", URI_PATH, "sleep");
    }

    private void askForOtherThings() {
        for (int i = 0; i < 2 * SmallConfiguration.MESSAGES_PER_PEER; i++) {
            send(GET, 500 + i, URI_PATH, "directory");
        }
    }

    private long answers(String code) {
        String to50 = ">" + peer;
        return net.trace.stream()
                .filter(line -> line.contains(to50))
                .map(line -> HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(message -> code.equals((message[1] >> 5 & 7) + String.format(".%02d", message[1] & 31)))
                .count();
    }

    /** Found in review: of a peer's messages eight are remembered, and a client may send more within its 15 s. */
    @Test
    void a_command_that_comes_again_after_many_other_messages_is_done_once() {
        n1 = node(1);
        net.client(50);
        sleep(100);
        askForOtherThings();
        sleep(100);

        assertEquals(1, n1.orders.size());
    }

    @Test
    void one_that_was_answered_is_answered_again_in_the_same_way() {
        n1 = node(1);
        net.client(50);
        sleep(100);
        n1.orders.get(0).done().accept(CommandOutcome.of(CommandOutcome.Kind.REFUSED, "no"));
        net.timers.run(50);
        assertEquals(1, answers("5.02"));
        askForOtherThings();
        sleep(100);

        assertEquals(1, n1.orders.size());
        assertEquals(2, answers("5.02"));
    }

    @Test
    void another_command_of_the_same_client_is_another() {
        n1 = node(1);
        net.client(50);
        sleep(100);
        sleep(101);

        assertEquals(2, n1.orders.size());
    }

    @Test
    void a_message_id_that_comes_round_later_is_another_command() {
        n1 = node(1);
        net.client(50);
        sleep(100);
        net.timers.run(300_000);
        sleep(100);

        assertEquals(2, n1.orders.size());
    }

    @Test
    void a_proxy_passes_it_on_once() {
        n1 = node(1);
        FakeNode n2 = node(2);
        net.client(50);
        for (int i = 0; i < 2; i++) {
            send(
                    POST,
                    100,
                    URI_HOST,
                    "n2",
                    URI_PATH,
                    "sensors",
                    URI_PATH,
                    "air",
                    URI_PATH,
                    "commands",
                    URI_PATH,
                    "sleep",
                    PROXY_SCHEME,
                    "coap");
            askForOtherThings();
        }

        assertEquals(1, n2.orders.size());
    }

    /** Found in review: RFC 7959 asks for the next block of an answer with the request's own method. */
    @Test
    void the_rest_of_an_answer_that_is_not_kept_is_no_new_command() {
        n1 = node(1);
        net.client(50);
        send(
                POST,
                100,
                URI_PATH,
                "sensors",
                URI_PATH,
                "air",
                URI_PATH,
                "commands",
                URI_PATH,
                "sleep",
                BLOCK2,
                BLOCK_ONE);

        assertEquals(0, n1.orders.size());
        assertEquals(1, answers("4.00"));
    }

    @Test
    void nor_is_it_one_for_another_node() {
        n1 = node(1);
        FakeNode n2 = node(2);
        net.client(50);
        send(
                POST,
                100,
                URI_HOST,
                "n2",
                URI_PATH,
                "sensors",
                URI_PATH,
                "air",
                URI_PATH,
                "commands",
                URI_PATH,
                "sleep",
                BLOCK2,
                BLOCK_ONE,
                PROXY_SCHEME,
                "coap");
        net.timers.run(1_000);

        assertEquals(0, n2.orders.size());
        assertEquals(1, answers("4.00"));
    }

    /** Over a path of small messages an answer has many blocks. */
    @Test
    void an_answer_in_many_blocks_belongs_to_one_command() {
        n1 = node(1);
        n1.maxPayloadBytes = 112;
        TestNet.Client n50 = net.client(50);
        TestNet.Pending answer = n50.send(n1, post());
        net.timers.run(1_000);
        n1.orders.get(0).done().accept(CommandOutcome.confirmed(null));
        net.timers.run(5_000);

        assertEquals("2.04", answer.code());
        assertTrue(answer.text().length() > 2 * n1.maxPayloadBytes, answer.text());
        assertTrue(answer.text().endsWith("}}"), answer.text());
        assertEquals(1, n1.orders.size());
    }

    private static Request post() {
        Request request = new Request(Code.POST);
        request.getOptions().setUriPath("sensors/air/commands/sleep");
        return request;
    }
}
