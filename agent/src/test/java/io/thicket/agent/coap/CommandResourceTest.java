package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.SenmlUnit;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import io.thicket.drivers.command.CommandOutcome.Kind;
import io.thicket.drivers.command.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands as resources: who may give them, what they take, and what the answer says. */
class CommandResourceTest {
    private static final Setting FLOW = new Setting(false, SenmlUnit.find("mV").orElseThrow(), 0, 5_000);
    private static final List<CommandInfo> COMMANDS = List.of(
            new CommandInfo("pump", "the pump", Setting.FLAG, false, true, "by reading it back"),
            new CommandInfo("level", "set-point", FLOW, false, true, "by reading it back"),
            new CommandInfo("sleep", "fan off", null, false, false, "when the device has fallen silent"),
            new CommandInfo("zero", "takes now as 0", null, true, false, ""));

    private final TestNet net = new TestNet(1);
    private FakeNode n1;

    private FakeNode node(int number, CommandAccess access) {
        FakeNode node = new FakeNode(number).knows(1, 1).knows(2, 1).knows(50, 1);
        node.commands.put("air", COMMANDS);
        node.access = access;
        return net.add(node);
    }

    private static CommandAccess access(boolean local, boolean mesh, String... dangerous) {
        return new CommandAccess(local, mesh, Map.of("air", Set.of(dangerous)));
    }

    private TestNet.LocalClient local() {
        try {
            return net.localClient(n1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Request request(Code code, String command, String payload) {
        Request request = new Request(code);
        request.getOptions().setUriPath("sensors/air/commands" + (command.isEmpty() ? "" : "/" + command));
        request.setPayload(payload);
        return request;
    }

    private CommandOrder order(FakeNode node) {
        assertEquals(1, node.orders.size(), "orders");
        return node.orders.remove(0);
    }

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void nobody_may_tell_anything_unless_the_configuration_says_so() {
        n1 = node(1, CommandAccess.NONE);
        TestNet.Client n50 = net.client(50);
        TestNet.Pending local = local().send(request(Code.PUT, "pump", "on"));
        TestNet.Pending mesh = n50.send(n1, request(Code.POST, "sleep", ""));
        net.timers.run(1_000);

        assertEquals(
                "4.03 this node takes no commands from local clients; write commands = [\"local\"] into [coap] of its"
                        + " configuration",
                local.codeAndText());
        assertTrue(mesh.codeAndText().startsWith("4.03 this node takes no commands from other nodes"), mesh.text());
        assertEquals(List.of(), n1.orders);
    }

    @Test
    void each_side_is_opened_alone() {
        n1 = node(1, access(true, false));
        TestNet.Client n50 = net.client(50);
        TestNet.Pending local = local().send(request(Code.PUT, "pump", "on"));
        TestNet.Pending mesh = n50.send(n1, request(Code.PUT, "pump", "off"));
        net.timers.run(500);

        assertFalse(local.isDone());
        assertEquals("4.03", mesh.code());
        assertEquals(new Value.Flag(true), order(n1).value());
    }

    @Test
    void a_dangerous_command_needs_its_name_in_the_configuration() {
        n1 = node(1, access(true, true));
        TestNet.Pending refused = local().send(request(Code.POST, "zero", ""));
        net.timers.run(500);

        assertEquals(
                "4.03 'zero' is dangerous; write allow_commands = [\"zero\"] into the [[sensor]] 'air' of this node's"
                        + " configuration",
                refused.codeAndText());
        assertEquals(List.of(), n1.orders);
    }

    @Test
    void a_dangerous_command_that_is_named_is_ordered() {
        n1 = node(1, access(true, true, "zero"));
        local().send(request(Code.POST, "zero", ""));
        net.timers.run(500);

        assertEquals("zero", order(n1).command());
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMED,   2.04",
        "REFUSED,     5.02",
        "DIFFERENT,   5.02",
        "UNCONFIRMED, 5.04",
        "NOT_SENT,    5.03",
        "BUSY,        5.03",
    })
    void the_answer_is_2_04_only_when_the_device_confirmed(Kind kind, String code) {
        n1 = node(1, access(true, false));
        TestNet.Pending answer = local().send(request(Code.PUT, "level", "1500"));
        net.timers.run(9_000);
        assertFalse(answer.isDone());
        CommandOrder order = order(n1);
        assertEquals(new Value.Numeric(1500), order.value());
        order.done().accept(new CommandOutcome(kind, "because", null));
        net.timers.run(100);

        assertEquals(code, answer.code());
        assertTrue(kind == Kind.CONFIRMED || answer.text().endsWith("because"), answer.text());
        TestNet.Pending page = local().send(request(Code.GET, "level", ""));
        net.timers.run(100);
        assertTrue(
                page.text()
                        .contains("\"end\":\""
                                + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')),
                page.text());
        assertEquals(kind != Kind.CONFIRMED, page.text().contains("\"confirmed\":null"), page.text());
    }

    @ParameterizedTest
    @CsvSource({
        "level, PUT,  1500 mV,  1500, ''",
        "level, PUT,  1.5 V,    1500, ''",
        "level, PUT,  -0,       0,    ''",
        "level, PUT,  1e3,      1000, ''",
        "level, PUT,  1e99,     '',   4.00 1.0E99 is not 0 to 5000 mV",
        "level, PUT,  -1e-99,   '',   4.00 -1.0E-99 is not 0 to 5000 mV",
        "level, PUT,  Infinity, '',   4.00 the value is 0 to 5000 mV",
        "level, PUT,  0x10,     '',   4.00 the value is 0 to 5000 mV",
        "level, PUT,  5001,     '',   4.00 5001 is not 0 to 5000 mV",
        "level, PUT,  6 V,      '',   4.00 6000 is not 0 to 5000 mV",
        "level, PUT,  3 A,      '',   4.00 the value is 0 to 5000 mV",
        "level, PUT,  NaN,      '',   4.00 the value is 0 to 5000 mV",
        "level, PUT,  '',       '',   4.00 the value is 0 to 5000 mV",
        "level, POST, 1,        '',   4.05 'level' needs a value: PUT 0 to 5000 mV",
        "pump,  PUT,  2,        '',   4.00 the value is on or off",
        "sleep, PUT,  on,       '',   4.05 'sleep' takes no value: POST does it",
        "none,  PUT,  on,       '',   4.04 ",
    })
    void values_are_checked_before_anything_is_sent(
            String command, Code code, String payload, String ordered, String refused) {
        n1 = node(1, access(true, false));
        TestNet.Pending answer = local().send(request(code, command, payload));
        net.timers.run(500);

        if (ordered.isEmpty()) {
            assertEquals(refused.strip(), answer.codeAndText().strip());
            assertEquals(List.of(), n1.orders);
        } else {
            assertEquals(
                    new Value.Numeric(Double.parseDouble(ordered)), order(n1).value());
        }
    }

    @Test
    void another_content_format_is_refused() {
        n1 = node(1, access(true, false));
        Request cbor = request(Code.PUT, "level", "1");
        cbor.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_CBOR);
        TestNet.Pending answer = local().send(cbor);
        net.timers.run(500);

        assertEquals("4.15", answer.code());
    }

    /** Found in review: critical options were passed over, and the command was done. */
    @Test
    void a_condition_that_does_not_hold_is_kept() {
        n1 = node(1, access(true, false));
        Request ifNoneMatch = request(Code.PUT, "pump", "on");
        ifNoneMatch.getOptions().setIfNoneMatch(true);
        Request ifMatch = request(Code.POST, "sleep", "");
        ifMatch.getOptions().addIfMatch(new byte[] {1, 2});
        TestNet.LocalClient client = local();
        List<TestNet.Pending> answers = List.of(client.send(ifNoneMatch), client.send(ifMatch));
        net.timers.run(500);

        answers.forEach(answer -> assertEquals("4.12", answer.code()));
        assertEquals(List.of(), n1.orders);
    }

    @Test
    void a_condition_that_holds_is_no_hindrance() {
        n1 = node(1, access(true, false));
        Request ifThere = request(Code.PUT, "pump", "on");
        ifThere.getOptions().addIfMatch(new byte[0]);
        local().send(ifThere);
        net.timers.run(500);

        assertEquals("pump", order(n1).command());
    }

    @Test
    void a_condition_goes_through_the_proxy() {
        n1 = node(1, access(true, false));
        FakeNode n2 = node(2, access(false, true));
        Request put = request(Code.PUT, "pump", "on");
        put.getOptions().setIfNoneMatch(true).setProxyScheme("coap").setUriHost("n2");
        TestNet.Pending answer = local().send(put);
        net.timers.run(5_000);

        assertEquals("4.12", answer.code());
        assertEquals(List.of(), n2.orders);
    }

    @ParameterizedTest
    @CsvSource({"GET, pump", "PUT, pump", "POST, sleep", "GET, ''"})
    void a_content_format_that_there_is_not_is_refused_before_anything_is_done(Code code, String command) {
        n1 = node(1, access(true, false));
        Request request = request(code, command, code == Code.PUT ? "on" : "");
        request.getOptions().setAccept(MediaTypeRegistry.APPLICATION_CBOR);
        TestNet.Pending answer = local().send(request);
        net.timers.run(500);

        assertEquals("4.06", answer.code());
        assertEquals(List.of(), n1.orders);
    }

    @ParameterizedTest
    @CsvSource({"DELETE, pump", "FETCH, pump", "PATCH, pump", "IPATCH, pump", "PUT, ''", "POST, ''", "DELETE, ''"})
    void nothing_else_is_allowed(Code code, String command) {
        n1 = node(1, access(true, true, "zero"));
        TestNet.Pending answer = local().send(request(code, command, code == Code.DELETE ? "" : "on"));
        net.timers.run(500);

        assertEquals("4.05", answer.code());
        assertEquals(List.of(), n1.orders);
    }

    @Test
    void over_the_mesh_the_order_arrives_once_and_a_slow_answer_is_heard() {
        n1 = node(1, access(false, true));
        TestNet.Client n50 = net.client(50);
        TestNet.Pending answer = n50.send(n1, request(Code.PUT, "pump", "on"));
        net.timers.run(14_000);
        CommandOrder order = order(n1);
        order.done().accept(CommandOutcome.confirmed(order.value()));
        net.timers.run(1_000);

        assertEquals("2.04", answer.code());
        assertTrue(answer.text().contains("\"confirmed\":{\"value\":true"), answer.text());
        assertEquals(List.of(), n1.orders);
    }

    @Test
    void a_proxy_does_not_lend_its_voice_to_clients_that_may_not_command() {
        n1 = node(1, CommandAccess.NONE);
        FakeNode n2 = node(2, access(false, true));
        Request put = request(Code.PUT, "pump", "on");
        put.getOptions().setProxyScheme("coap").setUriHost("n2");
        TestNet.Pending answer = local().send(put);
        net.timers.run(5_000);

        assertEquals("4.03", answer.code());
        assertEquals(List.of(), n2.orders);
    }

    @Test
    void a_client_that_may_command_reaches_another_node_through_the_proxy() {
        n1 = node(1, access(true, false));
        FakeNode n2 = node(2, access(false, true));
        Request put = request(Code.PUT, "pump", "on");
        put.getOptions().setProxyScheme("coap").setUriHost("n2");
        TestNet.Pending answer = local().send(put);
        net.timers.run(5_000);
        order(n2).done().accept(CommandOutcome.confirmed(new Value.Flag(true)));
        net.timers.run(5_000);

        assertEquals("2.04", answer.code());
        assertNull(answer.failure);
    }

    /** Found in review: the proxy gave an action that was under way to the gateway once more, which did it twice. */
    @Test
    void an_action_is_not_done_twice_when_the_way_is_lost_before_its_answer() {
        n1 = node(1, access(true, false));
        FakeNode n2 = node(2, access(false, true));
        FakeNode n9 = net.add(new FakeNode(9).knows(1, 1).knows(2, 1));
        n9.isGateway = true;
        n1.gateway = Optional.of(n9.id);
        Request post = request(Code.POST, "sleep", "");
        post.getOptions().setProxyScheme("coap").setUriHost("n2");
        TestNet.Pending answer = local().send(post);
        net.timers.run(2_000);
        assertEquals(1, n2.orders.size());
        net.cut(n1, n2);
        net.node(n1).onUnreachable(n2.id);
        net.timers.run(30_000);

        assertEquals(1, n2.orders.size(), "orders at n2");
        assertEquals("5.04 the way to 'n2' was lost; whether it heard the request is not known", answer.codeAndText());
    }

    /** Found in review: whether there was a route was looked at four times a second, and may change in between. */
    @Test
    void an_action_is_not_done_twice_when_there_was_a_route_for_a_moment() {
        n1 = node(1, access(true, false));
        FakeNode n2 = node(2, access(false, true));
        FakeNode n9 = net.add(new FakeNode(9).knows(1, 1).knows(2, 1));
        n9.isGateway = true;
        n1.gateway = Optional.of(n9.id);
        n1.searching.add(n2.id);
        Request post = request(Code.POST, "sleep", "");
        post.getOptions().setProxyScheme("coap").setUriHost("n2");
        TestNet.Pending answer = local().send(post);
        net.timers.run(300);
        net.node(n1).onReachable(n2.id);
        net.timers.run(2_000);
        net.node(n1).onUnreachable(n2.id);
        net.timers.run(2_000);

        assertEquals(List.of(), n2.orders);
        assertEquals("5.04 the way to 'n2' was lost; whether it heard the request is not known", answer.codeAndText());
    }

    @Test
    void an_action_for_a_node_that_is_not_found_goes_to_the_gateway() {
        n1 = node(1, access(true, false));
        FakeNode n2 = node(2, access(false, true));
        FakeNode n9 = net.add(new FakeNode(9).knows(1, 1).knows(2, 1));
        n9.isGateway = true;
        n1.gateway = Optional.of(n9.id);
        n1.searching.add(n2.id);
        Request post = request(Code.POST, "sleep", "");
        post.getOptions().setProxyScheme("coap").setUriHost("n2");
        local().send(post);
        net.timers.run(3_000);
        assertEquals(List.of(), n2.orders);
        net.node(n1).onUnreachable(n2.id);
        net.timers.run(2_000);

        assertEquals("sleep", order(n2).command());
    }

    @Test
    void the_pages_are_the_golden_files() {
        n1 = node(1, access(true, false));
        local().send(request(Code.PUT, "level", "1500"));
        net.timers.run(500);
        order(n1).done().accept(CommandOutcome.confirmed(new Value.Numeric(1500)));
        local().send(request(Code.PUT, "pump", "on"));
        net.timers.run(500);
        order(n1).done().accept(new CommandOutcome(Kind.DIFFERENT, "it is off", new Value.Flag(false)));
        TestNet.Pending page = local().send(request(Code.GET, "", ""));
        TestNet.Pending links = local().send(TestNet.request(".well-known/core"));
        net.timers.run(1_000);

        Golden.assertMatches("commands.txt", Golden.pretty(page.text()));
        Golden.assertMatches("well-known-core-commands.txt", links.text().replace(",<", ",\n<"));
    }
}
