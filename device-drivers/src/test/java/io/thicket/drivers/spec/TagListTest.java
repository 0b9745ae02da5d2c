package io.thicket.drivers.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.drivers.Observation;
import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values behind tags, in a specification and in frames. */
class TagListTest {
    private static final TagList LIST = new TagList(1, -1, Map.of(0x10, 2, 0x11, TagList.COUNTED, 0x12, 0));

    private static final String SPEC = """
            spec = 1
            id = "acme.tags"
            title = "Tags"
            serial.baud = 9600

            [frame]
            start = "AA"
            length = { at = 1, type = "u8", add = 3 }
            checksum = { kind = "sum8" }

            [[message]]
            [message.tags]
            at = 2
            until = -1
            sizes = { 10 = 2, 11 = "counted", 12 = 1 }

            [[message.value]]
            name = "current"
            tag = "10"
            type = "m16be"
            when = { tag = "12", not = 7 }

            [[message.value]]
            name = "old_current"
            tag = "10"
            type = "u16be"
            when = { tag = "12", equals = 7 }

            [[message.value]]
            name = "cell_{}"
            tag = "11"
            at = 1
            type = "u8"
            repeat = { step = 2, max = 3 }

            [[example]]
            frame = "AA 03 10 80 05 42"
            values = { current = -5 }
            """;

    private static List<String> decode(String body) throws SpecException {
        DeviceSpec spec = SpecReader.read(SPEC);
        byte[] data = Bytes.parse(body).toArray();
        byte[] frame = new byte[data.length + 3];
        frame[0] = (byte) 0xAA;
        frame[1] = (byte) data.length;
        System.arraycopy(data, 0, frame, 2, data.length);
        List<Observation> values = new ArrayList<>();
        new SpecDecoder(spec).decode(0, frame, 0, frame.length, values);
        return values.stream()
                .map(each -> each.name() + "=" + (long) ((Observation.Value.Numeric) each.value()).value())
                .toList();
    }

    private static int place(String frame, int tag) {
        byte[] bytes = Bytes.parse(frame).toArray();
        return LIST.find(bytes, 0, bytes.length).place(tag);
    }

    @Test
    void values_lie_behind_their_tags_in_any_order() {
        assertEquals(2, place("FF 10 01 02 12 FF", 0x10));
        assertEquals(3, place("FF 12 10 01 02 FF", 0x10));
        assertEquals(3, place("FF 11 03 0A 0B 0C FF", 0x11));
    }

    @Test
    void the_first_of_two_counts() {
        assertEquals(2, place("FF 10 01 02 10 03 04 FF", 0x10));
    }

    @Test
    void an_unknown_tag_and_a_cut_value_end_the_list() {
        assertEquals(-1, place("FF 77 10 01 02 FF", 0x10));
        assertEquals(-1, place("FF 10 01 FF", 0x10), "the end of the list is no value");
        assertEquals(-1, place("FF 11 04 01 02 FF", 0x11));
        assertEquals(-1, place("FF 11 FF", 0x11), "without its count");
        assertEquals(-1, place("FF", 0x10));
    }

    @Test
    void places_of_any_bytes_are_inside() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            byte[] frame = new byte[random.nextInt(12)];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (byte) (random.nextBoolean() ? 0x10 + random.nextInt(3) : random.nextInt(5));
            }
            TagList.Found found = LIST.find(frame, 0, frame.length);
            for (int tag = 0x10; tag <= 0x12; tag++) {
                if (found.place(tag) >= 0) {
                    assertEquals(
                            found.place(tag),
                            Math.max(2, Math.min(found.place(tag), frame.length - 1 - found.size(tag))));
                }
            }
        }
    }

    @Test
    void values_are_read_by_their_tags_and_conditions_ask_other_tags() throws SpecException {
        assertEquals(List.of("current=-5"), decode("10 80 05"), "a tag that is not there is not 7");
        assertEquals(List.of("current=-5"), decode("12 01 10 80 05"));
        assertEquals(List.of("old_current=32773"), decode("10 80 05 12 07"));
        assertEquals(List.of("cell_1=33", "cell_2=34"), decode("11 04 01 21 02 22 10 00"));
        assertEquals(List.of("cell_1=33"), decode("11 03 01 21 02 12 01"), "half a cell is none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 = 2|1G = 2|15:1: sizes: '1G' is no tag with a size",
                "10 = 2|10 = 300|15:1: sizes: '10' is no tag with a size",
                "tag = \"10\"|tag = \"13\"|19:1: tag: '13' is not in sizes of [message.tags]",
                "type = \"m16be\"|type = \"m32be\"|19:1: the value of the tag has 2 bytes, and 4 at 0 are outside",
                "tag = \"12\", not|tag = \"99\", not|21:10: tag: '99' is not in sizes of [message.tags]"
            })
    void faults_are_named(String from, String to, String problem) {
        SpecException refused = assertThrows(SpecException.class, () -> SpecReader.read(SPEC.replaceFirst(from, to)));
        List<String> problems =
                refused.problems().stream().map(SpecProblem::toString).toList();

        assertEquals(
                1, problems.stream().filter(each -> each.startsWith(problem)).count(), problems.toString());
    }

    @Test
    void a_tag_needs_a_list() {
        String without = SPEC.replaceFirst("(?s)\\[message.tags\\].*?12 = 1 \\}\n", "");
        SpecException refused = assertThrows(SpecException.class, () -> SpecReader.read(without));

        assertEquals(
                "15:1: this message has no tags; write [message.tags] with at and sizes, or delete tag",
                refused.problems().get(0).toString());
    }
}
