package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextShapesTest {
    private static final String LETTERS = "0079afFgz- ä€\1\0";

    private static String text(SplittableRandom random, int letters) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.append(LETTERS.charAt(random.nextInt(letters)));
        }
        return text.toString();
    }

    @Test
    void codes_tell_their_texts_and_where_they_end() {
        SplittableRandom random = new SplittableRandom(5);
        for (int letters = 1; letters <= LETTERS.length(); letters++) {
            TextShapes shapes = new TextShapes();
            Map<List<Byte>, String> texts = new HashMap<>();
            for (int i = 0; i < 2_000; i++) {
                String text = text(random, letters);
                byte[] code = shapes.code(text);
                byte[] codes = new byte[code.length + 5];
                System.arraycopy(code, 0, codes, 3, code.length);

                assertEquals(text, shapes.text(codes, 3));
                assertEquals(code.length, shapes.length(codes, 3));
                String same = texts.put(boxed(code), text);
                assertTrue(same == null || same.equals(text), "two texts of one code");
            }
        }
    }

    private static List<Byte> boxed(byte[] code) {
        List<Byte> all = new ArrayList<>();
        for (byte each : code) {
            all.add(each);
        }
        return all;
    }

    @Test
    void two_digits_take_a_byte_and_the_shape_none() {
        TextShapes shapes = new TextShapes();
        shapes.code("n/n12/state");

        assertEquals(2 + 2, shapes.code("n/n34/state").length);
        assertEquals(1, shapes.size());
    }

    @Test
    void a_text_of_one_shape_too_many_is_kept_as_it_is() {
        TextShapes shapes = new TextShapes();
        for (int i = 0; i < TextShapes.MAX; i++) {
            shapes.code("x".repeat(1 + i % 1_000) + "y".repeat(i / 1_000));
        }
        byte[] known = shapes.code("xx");

        String text = "z1";
        byte[] code = shapes.code(text);

        assertEquals(TextShapes.MAX, shapes.size());
        assertEquals(text, shapes.text(code, 0));
        assertEquals(code.length, shapes.length(code, 0));
        assertArrayEquals(code, shapes.code(text));
        assertArrayEquals(known, shapes.code("xx"));
    }

    @Test
    void a_long_text_is_kept_as_it_is() {
        TextShapes shapes = new TextShapes();
        String text = "ä1".repeat(TextShapes.MAX_LENGTH);

        byte[] code = shapes.code(text);

        assertEquals(0, shapes.size());
        assertEquals(text, shapes.text(code, 0));
        assertEquals(code.length, shapes.length(code, 0));
    }
}
