package io.thicket.sim.lab;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts in few bytes. What a thousand nodes publish differs in little but numbers: of a text its shape, which is all but its hexadecimal
 * digits, is kept once for all that have it, and each digit takes half a byte. Equal texts have equal codes. A shape that is known is
 * never forgotten, so that there is a bound: texts of further ones are kept as they are.
 */
final class TextShapes {
    /** Most shapes that are known. */
    static final int MAX = 4_096;

    /** Longest text that has a shape, in letters. */
    static final int MAX_LENGTH = 1_024;

    private static final int BYTES_OF_NUMBER = 2;
    private static final int BYTES_OF_LENGTH = 4;

    /** The number of a text without a shape: its length and its bytes follow. */
    private static final int WHOLE = 0xffff;

    /** Stands for any digit; a text that has it itself is kept as it is. */
    private static final char DIGIT = 1;

    private static final int RADIX = 16;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Shape> shapes = new ArrayList<>();

    /** All of a text but its digits, and how many bytes these take. */
    private record Shape(String letters, int bytesOfDigits) {}

    /** Shapes that are known. */
    int size() {
        return shapes.size();
    }

    /** The code of a text, which tells where it ends. */
    byte[] code(String text) {
        if (text.length() > MAX_LENGTH || text.indexOf(DIGIT) >= 0) {
            return whole(text);
        }
        char[] letters = text.toCharArray();
        byte[] code = new byte[BYTES_OF_NUMBER + (letters.length + 1) / 2]; // as if all were digits
        int digits = 0;
        for (int i = 0; i < letters.length; i++) {
            int value = digit(letters[i]);
            if (value >= 0) {
                letters[i] = DIGIT;
                code[BYTES_OF_NUMBER + digits / 2] |= (byte) (digits % 2 == 0 ? value : value << 4);
                digits++;
            }
        }
        int bytesOfDigits = (digits + 1) / 2;
        int number = numberOf(new String(letters), bytesOfDigits);
        if (number == WHOLE) {
            return whole(text);
        }
        putNumber(number, code);
        return Arrays.copyOf(code, BYTES_OF_NUMBER + bytesOfDigits);
    }

    private static byte[] whole(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] code = new byte[BYTES_OF_NUMBER + BYTES_OF_LENGTH + bytes.length];
        putNumber(WHOLE, code);
        for (int i = 0; i < BYTES_OF_LENGTH; i++) {
            code[BYTES_OF_NUMBER + i] = (byte) (bytes.length >>> 8 * i);
        }
        System.arraycopy(bytes, 0, code, BYTES_OF_NUMBER + BYTES_OF_LENGTH, bytes.length);
        return code;
    }

    /** How many bytes the code takes that begins there. */
    int length(byte[] codes, int from) {
        int number = numberAt(codes, from);
        return BYTES_OF_NUMBER
                + (number == WHOLE ? BYTES_OF_LENGTH + wholeBytes(codes, from) : shapes.get(number).bytesOfDigits);
    }

    /** The text whose code begins there. */
    String text(byte[] codes, int from) {
        int number = numberAt(codes, from);
        int at = from + BYTES_OF_NUMBER;
        if (number == WHOLE) {
            return new String(codes, at + BYTES_OF_LENGTH, wholeBytes(codes, from), StandardCharsets.UTF_8);
        }
        char[] letters = shapes.get(number).letters.toCharArray();
        int digits = 0;
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] == DIGIT) {
                int both = codes[at + digits / 2];
                letters[i] = Character.forDigit((digits % 2 == 0 ? both : both >> 4) & 0xf, RADIX);
                digits++;
            }
        }
        return new String(letters);
    }

    /** What a digit is worth, -1 of other letters. A capital would come back as a small letter. */
    private static int digit(char letter) {
        if (letter >= '0' && letter <= '9') {
            return letter - '0';
        }
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private int numberOf(String shape, int bytesOfDigits) {
        Integer known = numbers.get(shape);
        if (known != null) {
            return known;
        }
        if (shapes.size() == MAX) {
            return WHOLE;
        }
        numbers.put(shape, shapes.size());
        shapes.add(new Shape(shape, bytesOfDigits));
        return shapes.size() - 1;
    }

    private static void putNumber(int number, byte[] code) {
        code[0] = (byte) number;
        code[1] = (byte) (number >>> 8);
    }

    private static int numberAt(byte[] codes, int from) {
        return codes[from] & 0xff | (codes[from + 1] & 0xff) << 8;
    }

    private static int wholeBytes(byte[] codes, int from) {
        int length = 0;
        for (int i = 0; i < BYTES_OF_LENGTH; i++) {
            length |= (codes[from + BYTES_OF_NUMBER + i] & 0xff) << 8 * i;
        }
        return length;
    }
}
