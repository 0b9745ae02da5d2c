package io.thicket.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PageTextTest {
    @Test
    void pages_look_as_the_commands_print_them() throws Failure {
        byte[] routes = CliGolden.page("routes");
        byte[] status = CliGolden.page("status");

        assertEquals(new RoutesCommand().show(JsonView.of(routes)), PageText.routes(routes));
        assertEquals(new StatusCommand().show(JsonView.of(status)), PageText.status(status));
    }

    @Test
    void pings_are_counted_whatever_comes_back() throws Failure {
        PageText.Pings pings = new PageText.Pings();
        byte[] reached =
                "{\"label\":\"n1\",\"end\":\"reached\",\"rttMs\":7,\"forth\":[{\"label\":\"n0\"},{\"label\":\"n1\"}]}"
                        .getBytes(StandardCharsets.UTF_8);

        assertEquals("answer from n1: seq=1 hops=1 time=7 ms", pings.line(reached));
        assertEquals("not sent, the agent has too many traces to do: seq=2", pings.line(new byte[0]));
        assertEquals(
                "--- n1 ping statistics ---\n2 sent, 1 answered, 50 % loss\nrtt min/avg/max = 7/7/7 ms, hops 1",
                pings.summary("n1"));
    }

    @Test
    void what_is_no_page_is_refused() {
        assertThrows(Failure.class, () -> PageText.routes("[]".getBytes(StandardCharsets.UTF_8)));
    }
}
