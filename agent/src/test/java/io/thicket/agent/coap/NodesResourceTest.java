package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodesResourceTest {
    private TestNet net;
    private FakeNode n1;
    private FakeNode n9;
    private TestNet.LocalClient client;

    @BeforeEach
    void a_node_and_a_gateway() throws Exception {
        net = new TestNet(1);
        n1 = net.add(new FakeNode(1).knows(2, 1));
        n9 = net.add(new FakeNode(9).knows(1, 1).knows(2, 2).knows(3, 3));
        n9.isGateway = true;
        n1.gateway = Optional.of(n9.id);
        client = net.localClient(n1);
    }

    @AfterEach
    void close() {
        net.close();
    }

    private TestNet.Pending nodes() {
        TestNet.Pending answer = client.send(TestNet.request("nodes"));
        net.timers.run(20_000);
        return answer;
    }

    @Test
    void a_node_adds_what_the_gateway_knows() {
        Golden.assertMatches("nodes.txt", Golden.pretty(nodes().text()));
    }

    @Test
    void the_gateway_answers_by_itself() throws Exception {
        client = net.localClient(n9);

        String text = nodes().text();

        assertTrue(text.contains("\"directory\":\"own\""), text);
        assertEquals(0, net.trace.size());
    }

    @Test
    void a_question_about_a_node_that_only_the_gateway_knows_is_answered() {
        Request request = TestNet.request("explain");
        request.getOptions().addUriQuery("node=n3");
        TestNet.Pending answer = client.send(request);
        net.timers.run(20_000);

        assertEquals("2.05", answer.code(), answer.text());
        assertTrue(answer.text().contains("\"destination\":\"" + FakeNode.nodeId(3) + "\""), answer.text());
    }

    @Test
    void without_a_gateway_a_name_that_is_not_known_here_is_not_found() {
        n1.gateway = Optional.empty();
        Request request = TestNet.request("trace");
        request.getOptions().addUriQuery("node=n3");
        TestNet.Pending answer = client.send(request);
        net.timers.run(20_000);

        assertEquals("4.04", answer.code());
        assertEquals("no node is known as 'n3'", answer.text());
    }

    @Test
    void without_a_gateway_the_own_knowledge_is_the_answer() {
        n1.gateway = Optional.empty();

        String text = nodes().text();

        assertTrue(text.contains("\"directory\":\"no-gateway\""), text);
        assertTrue(text.contains("\"label\":\"n2\""), text);
    }

    @Test
    void a_silent_gateway_costs_ten_seconds_once() {
        net.loss(1);
        TestNet.Pending first = client.send(TestNet.request("nodes"));
        net.timers.run(9_900);
        boolean early = first.isDone();
        net.timers.run(200);
        TestNet.Pending second = client.send(TestNet.request("nodes"));
        net.timers.run(100);

        assertEquals(false, early);
        assertTrue(first.text().contains("\"directory\":\"unreachable\""), first.text());
        assertTrue(second.isDone());
    }

    @Test
    void the_directory_is_kept_for_ten_seconds() {
        client.send(TestNet.request("nodes"));
        net.timers.run(1_000);
        client.send(TestNet.request("nodes"));
        net.timers.run(1_000);
        int whileFresh = net.trace.size();
        net.timers.run(10_000);
        nodes();

        assertEquals(2, whileFresh);
        assertEquals(4, net.trace.size());
    }

    @Test
    void a_large_directory_comes_in_blocks() {
        for (int number = 100; number < 300; number++) {
            n9.knows(number, 5);
        }

        String text = nodes().text();

        assertEquals(204 + 1, text.split("\"label\"", -1).length);
    }

    @Test
    void lines_that_are_no_entries_are_left_out() {
        List<DirectoryEntry> entries = DirectoryEntry.parse(
                "1100000000000002 n2 n2-1100 SG 5\nrubbish\n\n1100000000000002 N2 n2 SG 5\n1100000000000002 n2 n2 X 5\n");

        assertEquals(1, entries.size());
        assertEquals("n2-1100", entries.get(0).label());
    }
}
