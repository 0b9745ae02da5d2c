package io.thicket.sim.view;

import io.thicket.sim.recording.BlockInfo;
import io.thicket.sim.recording.RunSource;
import java.util.List;
import java.util.Locale;

/** What a page must know of the blocks of a run (docs/view.md). */
final class IndexJson {
    private IndexJson() {}

    /** All blocks from that number on. */
    static String of(RunSource source, int from) {
        // The state first: a run that ends in between is asked about once more.
        String state = state(source);
        List<BlockInfo> blocks = source.blocks();
        StringBuilder out = new StringBuilder("{\"state\":\"").append(state).append("\",\"from\":");
        out.append(from).append(",\"blocks\":[");
        for (int i = from; i < blocks.size(); i++) {
            BlockInfo block = blocks.get(i);
            out.append(i == from ? "" : ",").append("{\"fromUs\":").append(block.fromUs());
            out.append(",\"toUs\":").append(block.toUs()).append(",\"events\":").append(block.events());
            out.append(",\"open\":").append(block.offset() < 0);
            out.append(source.isDamaged(i) ? ",\"damaged\":true" : "");
            out.append(",\"summary\":").append(block.summary()).append('}');
        }
        return out.append("]}").toString();
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
