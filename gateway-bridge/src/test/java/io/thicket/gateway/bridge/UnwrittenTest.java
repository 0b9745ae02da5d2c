package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.N17;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnwrittenTest {
    private final RecordingBridgeEffects effects = new RecordingBridgeEffects();
    private final Unwritten unwritten = new Unwritten(effects);
    private final SiteNode node = new SiteNode(N17);

    private void add(int seq, boolean upToDate) {
        unwritten.add(0, seq, new HeldReading.Key(N17, 3, seq), node, true, upToDate);
    }

    @Test
    void a_page_answers_what_it_shows() {
        add(1, true);
        add(2, true);
        LedgerPage page = new LedgerPage(N17);
        page.add(3, 1, 1);

        unwritten.written(node, page);

        assertEquals(List.of(1L), effects.heard);
        assertEquals(1, node.unanswered);
    }

    @Test
    void while_it_catches_up_few_are_left_open() {
        for (int seq = 1; seq <= 17; seq++) {
            add(seq, false);
        }

        assertEquals(List.of(1L), effects.heard);
    }

    /** A broker that asks for no answer: the number of open readings of one node was taken for a negative one. */
    @Test
    void a_broker_that_goes_on_without_answers_is_given_some() {
        for (int seq = 1; seq <= 40_000; seq++) {
            add(seq, true);
        }

        assertEquals(Unwritten.MAX_OPEN, node.unanswered);
        assertEquals(40_000 - Unwritten.MAX_OPEN, effects.heard.size());
        assertEquals(1, effects.heard.get(0));
        assertTrue(node.isNeeded());
        LedgerPage page = new LedgerPage(N17);
        page.add(3, 1, 40_000);
        unwritten.written(node, page);
        assertEquals(0, node.unanswered);
        assertEquals(40_000, effects.heard.size());
    }
}
