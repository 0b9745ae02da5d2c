package io.thicket.drivers.spec;

import io.thicket.drivers.framing.BinaryFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code [message.tags]}, and which tag a value has. */
final class TagReader {
    /** The value has no tag: it lies at a place of the frame. */
    static final int NO_TAG = -1;

    private static final int MAX = BinaryFormat.MAX_FRAME;
    private static final String SIZE_HINT = "write sizes = { 83 = 2, 79 = \"counted\" }: bytes by tag in hex";

    private TagReader() {}

    static TagList list(SpecTable table) {
        int at = table.requiredInteger("at", 0, MAX, "11");
        int until = table.integer("until", -MAX, 0, 0);
        Map<Integer, Integer> sizes = new LinkedHashMap<>();
        for (Map.Entry<String, Object> each : table.map("sizes").entrySet()) {
            boolean counted = "counted".equals(each.getValue());
            boolean bytes = each.getValue() instanceof Long size && size >= 0 && size <= 255;
            int tag = tag(each.getKey());
            if (tag < 0 || !counted && !bytes) {
                table.error(
                        "sizes",
                        "sizes: '" + SpecTable.shortened(each.getKey()) + "' is no tag with a size",
                        SIZE_HINT);
            } else {
                sizes.put(tag, each.getValue() instanceof Long size ? size.intValue() : TagList.COUNTED);
            }
        }
        if (sizes.isEmpty()) {
            table.error("sizes", "there is no tag in sizes", SIZE_HINT);
        }
        table.refuseUnknownKeys();
        return new TagList(at, until, sizes);
    }

    /** The key {@code tag} of a value or a condition. */
    static int tag(SpecTable each, @Nullable TagList tags) {
        String text = each.text("tag", "");
        if (text.isEmpty()) {
            return NO_TAG;
        }
        int tag = tag(text);
        if (tags == null) {
            each.error("tag", "this message has no tags", "write [message.tags] with at and sizes, or delete tag");
        } else if (tag < 0 || !tags.sizes().containsKey(tag)) {
            each.error(
                    "tag",
                    "tag: '" + SpecTable.shortened(text) + "' is not in sizes of [message.tags]",
                    "add it there");
        } else {
            return tag;
        }
        return NO_TAG;
    }

    /** The key {@code at}; what has a tag begins right behind it if nothing else is said. */
    static int place(SpecTable each, String example) {
        return each.has("tag") ? each.integer("at", -MAX, MAX, 0) : each.requiredInteger("at", -MAX, MAX, example);
    }

    /** Notes a problem if {@code size} bytes at {@code at} are not in the value of the tag, as far as its size is known. */
    static void requireInside(SpecTable each, TagList list, int tag, int at, int size) {
        int bytes = list.sizes().getOrDefault(tag, 0);
        if (bytes != TagList.COUNTED && (at < 0 ? Math.max(-at, size) : at + size) > bytes) {
            each.error(
                    "tag",
                    "the value of the tag has " + bytes + " bytes, and " + size + " at " + at + " are outside",
                    "");
        }
    }

    /** Two hex digits; -1 if it is something else. */
    private static int tag(String text) {
        return text.toUpperCase(Locale.ROOT).matches("[0-9A-F]{2}") ? Integer.parseInt(text, 16) : -1;
    }
}
