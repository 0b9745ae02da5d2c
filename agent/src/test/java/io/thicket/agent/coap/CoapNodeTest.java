package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.senml.SenmlCborCodec;
import io.thicket.routing.RouteChange;
import io.thicket.routing.TraceReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoapNodeTest {
    private TestNet net;
    private FakeNode n1;
    private TestNet.Client client;

    @BeforeEach
    void two_nodes() {
        net = new TestNet(1);
        n1 = net.add(new FakeNode(1).knows(2, 1));
        client = net.client(50);
    }

    @AfterEach
    void close() {
        net.close();
    }

    private TestNet.Pending get(String path) {
        return get(TestNet.request(path));
    }

    private TestNet.Pending get(Request request) {
        TestNet.Pending pending = client.send(n1, request);
        net.timers.run(60_000);
        return pending;
    }

    @Test
    void well_known_core_is_the_golden_file() {
        Golden.assertMatches(
                "well-known-core.txt", get(".well-known/core").text().replace(",<", ",\n<"));
    }

    @Test
    void well_known_core_can_be_filtered_by_resource_type() {
        Request request = TestNet.request(".well-known/core");
        request.getOptions().addUriQuery("rt=thicket.status");

        String links = get(request).text();

        assertTrue(links.startsWith("</status>"), links);
        assertEquals(-1, links.indexOf("</routes>"));
    }

    @Test
    void pages_are_the_golden_files() {
        n1.read("air", 21.5);
        n1.gateway = Optional.of(FakeNode.nodeId(2));
        for (String page : new String[] {"status", "routes", "neighbors", "sensors", "directory"}) {
            TestNet.Pending answer = get(page);

            assertEquals("2.05", answer.code(), page);
            Golden.assertMatches(page + ".txt", Golden.pretty(answer.text()));
        }
    }

    @Test
    void explain_and_trace_are_the_golden_files() {
        n1.knows(3, 2);
        n1.gateway = Optional.of(FakeNode.nodeId(1));
        Golden.assertMatches(
                "explain.txt", Golden.pretty(ask("explain", "node=n2").text()));
        n1.traces = new TraceReport(
                7,
                FakeNode.nodeId(3),
                TraceReport.End.REACHED,
                23,
                List.of(
                        new TraceReport.Hop(n1.id, 120, RouteChange.Reason.FIRST, 1, 4),
                        new TraceReport.Hop(FakeNode.nodeId(2), 50, RouteChange.Reason.ALTERNATE, 3, 12),
                        new TraceReport.Hop(FakeNode.nodeId(3), 0, RouteChange.Reason.FIRST, 0, 0)),
                List.of(new TraceReport.Hop(FakeNode.nodeId(4), 90, RouteChange.Reason.BETTER, 0, 5)));
        Golden.assertMatches("trace.txt", Golden.pretty(ask("trace", "node=n3").text()));
    }

    @Test
    void questions_about_nodes_need_a_name_that_is_known() {
        assertEquals("4.00", get("explain").code());
        assertEquals("4.04", ask("explain", "node=nobody").code());
        assertEquals("4.04", ask("trace", "node=nobody").code());
        assertEquals("5.03", ask("trace", "node=1100000000000002").code());
        n1.traces = new TraceReport(0, FakeNode.nodeId(2), TraceReport.End.NO_ROUTE, -1, List.of(), List.of());
        assertTrue(ask("trace", "node=1100000000000002").text().contains("\"end\":\"no-route\""));
        assertTrue(ask("explain", "node=1100000000000005").text().contains("\"known\":false"));
    }

    private TestNet.Pending ask(String path, String query) {
        Request request = TestNet.request(path);
        request.getOptions().addUriQuery(query);
        TestNet.Pending pending = client.send(n1, request);
        net.timers.run(100);
        if (n1.traces != null && n1.traces.traceId() > 0) {
            n1.waiting.accept(n1.traces);
        }
        net.timers.run(60_000);
        return pending;
    }

    @Test
    void a_sensor_without_a_reading_is_unavailable_and_says_why() {
        TestNet.Pending answer = get("sensors/air");

        assertEquals("5.03", answer.code());
        assertEquals("no reading yet", answer.text());
    }

    @Test
    void a_sensor_that_does_not_exist_is_not_found() {
        assertEquals("4.04", get("sensors/nothing").code());
    }

    @Test
    void a_reading_is_senml_json_unless_something_else_is_asked_for() {
        n1.read("air", 21.5);

        TestNet.Pending answer = get("sensors/air");

        assertEquals(
                MediaTypeRegistry.APPLICATION_SENML_JSON,
                answer.response.getOptions().getContentFormat());
        assertEquals(
                "[{\"bn\":\"urn:dev:thicket:home:n1:air:\",\"bt\":1700000000,\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5}]",
                answer.text());
    }

    @Test
    void a_reading_is_senml_cbor_if_the_client_accepts_that() throws Exception {
        n1.read("air", 21.5);
        Request request = TestNet.request("sensors/air");
        request.getOptions().setAccept(MediaTypeRegistry.APPLICATION_SENML_CBOR);

        TestNet.Pending answer = get(request);

        assertEquals(
                MediaTypeRegistry.APPLICATION_SENML_CBOR,
                answer.response.getOptions().getContentFormat());
        assertEquals(
                "urn:dev:thicket:home:n1:air:",
                SenmlCborCodec.decode(answer.response.getPayload()).baseName());
    }

    @Test
    void another_format_is_not_acceptable() {
        n1.read("air", 21.5);
        Request request = TestNet.request("sensors/air");
        request.getOptions().setAccept(MediaTypeRegistry.APPLICATION_XML);
        Request page = TestNet.request("status");
        page.getOptions().setAccept(MediaTypeRegistry.APPLICATION_CBOR);

        assertEquals("4.06", get(request).code());
        assertEquals("4.06", get(page).code());
    }

    @Test
    void resources_cannot_be_written() {
        Request put = new Request(CoAP.Code.PUT);
        put.getOptions().setUriPath("status");
        put.setPayload("x");

        assertEquals("4.05", get(put).code());
    }

    @Test
    void a_long_page_comes_in_blocks_that_fit_a_narrow_path() {
        for (int number = 100; number < 140; number++) {
            n1.knows(number, 3);
        }
        n1.maxPayloadBytes = 100;

        TestNet.Pending answer = get("directory");

        assertEquals("2.05", answer.code());
        assertEquals(42, answer.text().split("\n").length);
        assertTrue(net.trace.size() > 60, "blocks: " + net.trace.size());
    }

    @Test
    void a_lost_request_is_repeated_after_about_ten_seconds() {
        net.loss(1);
        TestNet.Pending answer = client.get(n1, "directory");
        net.timers.run(1_000);
        net.loss(0);
        net.timers.run(8_000);
        boolean early = answer.isDone();
        net.timers.run(7_000);

        assertEquals(false, early);
        assertEquals("2.05", answer.code());
        assertEquals(3, net.trace.size());
    }

    @Test
    void a_silent_node_is_asked_twice_and_then_given_up() {
        net.loss(1);
        TestNet.Pending answer = client.get(n1, "directory");
        net.timers.run(60_000);

        assertEquals(MeshClient.Failure.TIMEOUT, answer.failure);
        assertEquals(2, net.trace.size());
    }

    @Test
    void a_node_without_route_fails_at_once() {
        net.cut(n1, new FakeNode(50));
        TestNet.Pending answer = client.get(n1, "directory");
        net.timers.run(10);

        assertEquals(MeshClient.Failure.NO_ROUTE, answer.failure);
    }

    @Test
    void the_same_seed_gives_the_same_traffic_and_another_seed_another() {
        assertEquals(lossyRun(7), lossyRun(7));
        assertNotEquals(lossyRun(7), lossyRun(8));
    }

    private static String lossyRun(long seed) {
        try (TestNet net = new TestNet(seed).loss(0.2)) {
            FakeNode server = net.add(new FakeNode(1));
            server.read("air", 1);
            server.maxPayloadBytes = 90;
            int answered = 0;
            for (int i = 0; i < 20; i++) {
                TestNet.Pending answer = net.client(60 + i).get(server, "status");
                net.timers.run(3_600_000);
                answered += answer.code().equals("2.05") ? 1 : 0;
            }
            return answered + " " + net.traceHash();
        }
    }

    @Test
    void malformed_messages_from_the_mesh_do_no_harm() {
        net.timers.run(1);
        for (int length = 0; length < 40; length++) {
            net.node(n1).onMeshMessage(FakeNode.nodeId(77), new byte[length]);
            byte[] text = "coap?".repeat(length).getBytes(StandardCharsets.US_ASCII);
            net.node(n1).onMeshMessage(FakeNode.nodeId(77), text);
        }

        assertEquals("2.05", get("directory").code());
    }
}
