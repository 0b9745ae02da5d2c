package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerPageTest {
    private static final NodeId N17 = new NodeId(0x17);

    private static LedgerPage parsed(String text) {
        LedgerPage page = LedgerPage.parse(text);
        assertNotNull(page, text);
        return page;
    }

    @Test
    void a_page_reads_what_it_wrote() {
        LedgerPage page = new LedgerPage(N17);
        page.add(3, 1, 4711);
        page.add(3, 4713, 4713);
        page.add(4, 1, 12);
        assertEquals("0000000000000017 3:1-4711,4713 4:1-12", page.toString());
        assertEquals(page.toString(), parsed(page.toString()).toString());

        page.doubt = new Doubt(1_795_314_600_000L);
        assertEquals("0000000000000017 before=1795314600000 3:1-4711,4713 4:1-12", page.toString());
        assertEquals(page.toString(), parsed(page.toString()).toString());
        assertEquals(1_795_314_600_000L, parsed(page.toString()).doubt.beforeMs());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "17 3:1",
                "0000000000000017 3",
                "0000000000000017 3:",
                "0000000000000017 3:2-1",
                "0000000000000017 3:-1",
                "0000000000000017 -3:1",
                "0000000000000017 3:1,,2",
                "0000000000000017  3:1",
                "0000000000000017 3:4294967296",
                "0000000000000017 3:99999999999999999999",
                "0000000000000017 before=x 3:1",
                "0000000000000017 before= 3:1",
                "0000000000000017 1:1 2:1 3:1 4:1 5:1",
                "000000000000001G 3:1"
            })
    void other_texts_are_no_pages(String text) {
        assertNull(LedgerPage.parse(text));
    }

    @Test
    void a_page_of_one_range_too_many_is_none_and_none_is_written() {
        LedgerPage page = new LedgerPage(N17);
        for (int i = 0; i <= EpochRanges.MAX_RANGES; i++) {
            page.add(3, 2L * i, 2L * i);
        }
        assertFalse(page.contains(3, 0), "the lowest gave way");
        assertTrue(page.contains(3, 2));
        assertNotNull(LedgerPage.parse(page.toString()));
        assertNull(LedgerPage.parse(page.toString() + ",1000"));
    }

    @Test
    void the_lowest_of_five_boots_gives_way_and_stays_away() {
        LedgerPage page = new LedgerPage(N17);
        for (long epoch = 1; epoch <= 5; epoch++) {
            page.add(epoch, 7, 7);
        }
        page.add(1, 8, 8);
        assertEquals("0000000000000017 2:7 3:7 4:7 5:7", page.toString());
        assertEquals(5, page.latestEpoch());
    }

    @Test
    void a_page_exceeds_another_that_lacks_a_reading_or_doubts_more() {
        LedgerPage more = parsed("0000000000000017 3:1-9");
        assertTrue(more.exceeds(parsed("0000000000000017 3:1-4,6-9")));
        assertTrue(more.exceeds(parsed("0000000000000017 4:1-9")));
        assertFalse(more.exceeds(parsed("0000000000000017 3:1-10")));
        assertTrue(more.exceeds(parsed("0000000000000017 before=5 3:1-9")));
    }

    /** Else fifty gateways that a power cut started within a second would write each page again and again, each with a little less doubt. */
    @Test
    void a_doubt_of_hardly_more_time_is_the_same_doubt() {
        LedgerPage page = parsed("0000000000000017 before=1767225600078 3:1-9");
        assertFalse(page.exceeds(parsed("0000000000000017 before=1767225600079 3:1-9")));
        assertFalse(page.exceeds(parsed("0000000000000017 before=1767225660078 3:1-9")));
        assertTrue(page.exceeds(parsed("0000000000000017 before=1767225660079 3:1-9")));
        assertFalse(page.exceeds(parsed("0000000000000017 3:1-9")), "that one has no doubt at all");
    }

    @Test
    void a_claim_has_a_page_on_each_line_and_not_too_many() {
        String line = "0000000000000017 3:1";
        assertEquals(List.of(line, "0000000000000018 3:1-2"), texts(line + "\n0000000000000018 3:1-2"));
        assertEquals(128, texts(line + ("\n" + line).repeat(127)).size());
        assertEquals(List.of(), texts(line + ("\n" + line).repeat(128)));
        assertEquals(List.of(), texts(line + "\n"));
        assertEquals(List.of(), texts(line + "\nall"));
        assertEquals(List.of(), texts("\n".repeat(20_000)));
    }

    private static List<String> texts(String lines) {
        return LedgerPage.parseLines(lines).stream().map(LedgerPage::toString).toList();
    }

    @Test
    void ranges_are_the_set_of_their_numbers() {
        Random random = new Random(9);
        for (int round = 0; round < 2_000; round++) {
            EpochRanges ranges = new EpochRanges();
            TreeSet<Long> numbers = new TreeSet<>();
            for (int step = 0; step < 20; step++) {
                long first = random.nextInt(100);
                long last = first + random.nextInt(6);
                boolean isNew = false;
                for (long seq = first; seq <= last; seq++) {
                    isNew |= numbers.add(seq);
                }
                assertEquals(isNew, ranges.add(3, first, last));
            }
            for (long seq = 0; seq < 110; seq++) {
                assertEquals(numbers.contains(seq), ranges.contains(3, seq), ranges + " " + seq);
            }
        }
    }

    @Test
    void noise_is_no_page_or_one_that_reads_what_it_wrote() {
        Random random = new Random(1);
        String letters = "0123456789abcdef :-,b=";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("0000000000000017 3:1-9,12 4:1-7");
            for (int change = random.nextInt(4); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), letters.charAt(random.nextInt(letters.length())));
            }
            LedgerPage page = LedgerPage.parse(text.toString());
            if (page != null) {
                assertEquals(page.toString(), parsed(page.toString()).toString());
            }
        }
    }
}
