package io.thicket.sim.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recording of six blocks, a second each, in whose middle something is dropped; a byte of some can be changed. */
public final class DamagedRun {
    private static final int BLOCKS = 6;
    private static final String HEADER = """
            {"format":"thicket-run","version":1,"name":"damaged","description":"","seed":"0x1","commit":"test",\
            "protocol":"thicket","durationUs":6000000,"warmUpUs":0,"placed":true,\
            "nodes":[{"name":"n0","role":"gateway","x":0,"y":0}],"faults":[]}""";

    private DamagedRun() {}

    public static void whole(Path path) throws IOException {
        withHeader(path, HEADER);
    }

    /** All is whole, with so many drops in each block, a millisecond apart, 499 at most. */
    public static void busy(Path path, int drops) throws IOException {
        write(path, HEADER, drops);
    }

    /** All is whole, but for what {@code header} may be. */
    public static void withHeader(Path path, String header) throws IOException {
        write(path, header, 1);
    }

    private static void write(Path path, String header, int drops) throws IOException {
        try (RunFileWriter file = new RunFileWriter(path, header)) {
            for (int second = 0; second < BLOCKS; second++) {
                long us = second * 1_000_000L;
                file.beginBlock(us);
                file.event("{\"t\":" + us + ",\"k\":\"key\",\"offered\":0,\"delivered\":0,\"lost\":0,\"faults\":[]}");
                file.event("{\"t\":" + us + ",\"k\":\"node\",\"n\":0,\"up\":1,\"gw\":0,\"next\":-1,\"hops\":0,\"q\":0,"
                        + "\"out\":0,\"lost\":0,\"nb\":[]}");
                for (int i = 0; i < drops; i++) {
                    file.event(drop(us + 500_000 + 1_000 * i));
                }
                file.reached(
                        us + 1_000_000,
                        "{\"rows\":[[" + us + ",0,0,1,0,0,0]],\"notes\":[" + drop(us + 500_000)
                                + "],\"made\":[],\"ended\":[]}");
                file.endBlock();
            }
        }
    }

    private static String drop(long us) {
        return "{\"t\":" + us + ",\"k\":\"drop\",\"n\":0,\"m\":\"1.1.1\",\"why\":\"NO_ROUTE\"}";
    }

    public static void damage(Path path, int... blocks) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        try (RunFileReader reader = RunFileReader.open(path)) {
            for (int block : blocks) {
                bytes[(int) reader.blocks().get(block).offset() + 40] ^= 1;
            }
        }
        Files.write(path, bytes);
    }

    /** A byte of the index: the blocks are found by walking over them, if they are whole. */
    public static void damageIndex(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length - RunFormat.TRAILER_BYTES - 8] ^= 1;
        Files.write(path, bytes);
    }
}
