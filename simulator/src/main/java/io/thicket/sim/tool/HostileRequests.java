package io.thicket.sim.tool;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes the datagrams of a flood at a CoAP port: noise, and requests (RFC 7252) that are right or almost. */
final class HostileRequests {
    private static final int MAX_NOISE_BYTES = 1_400;
    private static final int URI_PATH = 11;
    private static final int OBSERVE = 6;
    private static final int ACCEPT = 17;
    private static final int PROXY_URI = 35;
    private static final List<String> PATHS =
            List.of(".well-known/core", "status", "routes", "neighbors", "nodes", "sensors", "sensors/x", "x");

    private final RandomGenerator random;

    HostileRequests(RandomGenerator random) {
        this.random = random;
    }

    ByteBuffer noise() {
        byte[] bytes = new byte[1 + random.nextInt(MAX_NOISE_BYTES)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            bytes[0] = (byte) (0x40 | bytes[0] & 0x3f); // the version is right
        }
        return ByteBuffer.wrap(bytes);
    }

    /** A request for some page, in half of the cases with one byte changed. */
    ByteBuffer request() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int tokenBytes = random.nextInt(9);
        out.write(0x40 | random.nextInt(2) << 4 | tokenBytes);
        out.write(1 + random.nextInt(4)); // GET, POST, PUT, DELETE
        writeRandom(out, 2 + tokenBytes);
        int last = 0;
        if (random.nextInt(4) == 0) {
            last = option(out, last, OBSERVE, new byte[] {(byte) random.nextInt(2)});
        }
        for (String segment : PATHS.get(random.nextInt(PATHS.size())).split("/")) {
            last = option(out, last, URI_PATH, segment.getBytes(StandardCharsets.US_ASCII));
        }
        if (random.nextInt(4) == 0) {
            last = option(out, last, ACCEPT, new byte[] {(byte) random.nextInt()});
        }
        if (random.nextInt(4) == 0) {
            String name = random.nextBoolean() ? "nobody" : Long.toHexString(random.nextLong());
            option(out, last, PROXY_URI, ("coap://" + name + "/status").getBytes(StandardCharsets.US_ASCII));
        }
        if (random.nextInt(4) == 0) {
            out.write(0xff);
            writeRandom(out, 1 + random.nextInt(64));
        }
        byte[] bytes = out.toByteArray();
        if (random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return ByteBuffer.wrap(bytes);
    }

    private static int option(ByteArrayOutputStream out, int last, int number, byte[] value) {
        int delta = number - last;
        int deltaNibble = Math.min(delta, 13);
        int lengthNibble = Math.min(value.length, 13);
        out.write(deltaNibble << 4 | lengthNibble);
        if (deltaNibble == 13) {
            out.write(delta - 13);
        }
        if (lengthNibble == 13) {
            out.write(value.length - 13);
        }
        out.writeBytes(value);
        return number;
    }

    private void writeRandom(ByteArrayOutputStream out, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        out.writeBytes(bytes);
    }
}
