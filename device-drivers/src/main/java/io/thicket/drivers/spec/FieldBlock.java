package io.thicket.drivers.spec;

import io.thicket.drivers.framing.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A block of labelled fields (VE.Direct) that is written again with other numbers in it. */
final class FieldBlock {
    private static final String CHECKSUM = "Checksum";
    private static final String NUMBER = "[-+]?[0-9]{1,15}(\\.[0-9]{1,15})?";

    private final Map<String, String> fields;

    /** @param block one that the framer has cut out */
    FieldBlock(Bytes block) {
        this.fields = SpecDecoder.fields(block.toArray(), 0, block.length());
    }

    /** The number of that field; not a number if it has none. */
    double number(String label) {
        String text = fields.get(label);
        return text != null && text.matches(NUMBER) ? Double.parseDouble(text) : Double.NaN;
    }

    /** The block with these numbers by label, with as many decimals as there were; labels that it does not have are left out. */
    byte[] with(Map<String, Double> numbers) {
        StringBuilder text = new StringBuilder();
        fields.forEach((label, was) -> {
            if (!label.equals(CHECKSUM)) {
                Double number = numbers.get(label);
                text.append("\r\n").append(label).append('\t').append(number == null ? was : written(number, was));
            }
        });
        text.append("\r\n").append(CHECKSUM).append('\t');
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        int sum = 0;
        for (byte b : bytes) {
            sum += b;
        }
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(bytes);
        // All bytes of a block add up to 0.
        block.write(-sum);
        return block.toByteArray();
    }

    private static String written(double number, String was) {
        int point = was.indexOf('.');
        int decimals = point < 0 ? 0 : was.length() - point - 1;
        return BigDecimal.valueOf(number)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
