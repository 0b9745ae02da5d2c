package io.thicket.sim.view;

import io.thicket.sim.recording.BlockInfo;
import io.thicket.sim.recording.RunSource;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** What a page must know of the blocks of a run (docs/view.md). */
final class IndexJson {
    private IndexJson() {}

    /** All blocks from that number on; piece by piece, since of a large run it is large. */
    static void write(Writer out, RunSource source, int from) throws IOException {
        // The state first: a run that ends in between is asked about once more.
        String state = state(source);
        List<BlockInfo> blocks = source.blocks();
        out.write("{\"state\":\"" + state + "\",\"from\":" + from + ",\"blocks\":[");
        for (int i = from; i < blocks.size(); i++) {
            BlockInfo block = blocks.get(i);
            out.write((i == from ? "" : ",") + "{\"fromUs\":" + block.fromUs());
            out.write(",\"toUs\":" + block.toUs() + ",\"events\":" + block.events());
            out.write(",\"open\":" + (block.offset() < 0));
            out.write(source.isDamaged(i) ? ",\"damaged\":true" : "");
            out.write(",\"summary\":");
            out.write(block.summary());
            out.write('}');
        }
        out.write("]}");
    }

    /** How far the run is, and the name of who tells it. */
    static String head(RunSource source, String id) {
        String state = state(source);
        List<BlockInfo> blocks = source.blocks();
        long toUs = blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).toUs();
        return "{\"id\":\"" + id + "\",\"state\":\"" + state + "\",\"blocks\":" + blocks.size() + ",\"toUs\":" + toUs
                + "}";
    }

    private static String state(RunSource source) {
        return source.state().name().toLowerCase(Locale.ROOT);
    }
}
