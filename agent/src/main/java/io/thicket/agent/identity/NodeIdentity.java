package io.thicket.agent.identity;

import io.thicket.agent.port.Store;
import io.thicket.routing.NodeId;
import io.thicket.routing.security.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A node's key and the NodeId that follows from it. */
public final class NodeIdentity {
    /** The value's name in the store: {@code thicket-identity 1 SEED CHECK} in text. */
    public static final String KEY_NAME = "identity.key";

    private static final String FORMAT = "thicket-identity 1";
    private static final int CHECK_BYTES = 4;

    private final NodeId id;
    private final Ed25519Signer signer;

    private NodeIdentity(Ed25519Signer signer) {
        this.id = NodeId.ofPublicKey(signer.publicKey());
        this.signer = signer;
    }

    /**
     * The identity in the store, or a new one that is stored first. A damaged one is an {@link IOException} whose message is a
     * sentence for the user: a node does not become another one by itself.
     *
     * @param random cryptographically strong; used only if there is no identity yet
     */
    public static NodeIdentity loadOrCreate(Store store, RandomGenerator random) throws IOException {
        Optional<byte[]> stored = store.read(KEY_NAME);
        if (stored.isPresent()) {
            return new NodeIdentity(new Ed25519Signer(parse(stored.get())));
        }
        // Before the key: an identity without an epoch is then always a damaged store, never an interrupted first
        // start.
        new EpochStore(store).prepare();
        byte[] seed = new byte[Ed25519Signer.SEED_BYTES];
        random.nextBytes(seed);
        store.write(KEY_NAME, text(seed).getBytes(StandardCharsets.US_ASCII));
        return new NodeIdentity(new Ed25519Signer(seed));
    }

    public NodeId id() {
        return id;
    }

    /** The public key, 32 bytes, a copy. */
    public byte[] publicKey() {
        return signer.publicKey();
    }

    public Signer signer() {
        return signer;
    }

    private static String text(byte[] seed) {
        HexFormat hex = HexFormat.of();
        return FORMAT + " " + hex.formatHex(seed) + " " + hex.formatHex(check(seed)) + "\n";
    }

    private static byte[] parse(byte[] stored) throws IOException {
        String[] words = new String(stored, StandardCharsets.US_ASCII).strip().split(" ", -1);
        try {
            HexFormat hex = HexFormat.of();
            if (words.length == 4 && (words[0] + " " + words[1]).equals(FORMAT)) {
                byte[] seed = hex.parseHex(words[2]);
                if (seed.length == Ed25519Signer.SEED_BYTES && Arrays.equals(check(seed), hex.parseHex(words[3]))) {
                    return seed;
                }
            }
        } catch (IllegalArgumentException e) {
            // The sentence below says it.
        }
        throw new IOException(KEY_NAME + " in the data directory is damaged: restore it from a backup, or delete "
                + KEY_NAME + " and " + EpochStore.EPOCH_NAME + " to become a new node");
    }

    private static byte[] check(byte[] seed) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(seed), CHECK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
