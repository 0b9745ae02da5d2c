package io.thicket.routing.wire;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.WireFormatException.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One message's map: where the value of each key 0 to 23 lies. Reading a value moves the reader there. */
final class Fields {
    /** By their bits: every node has some, and there are few sets of them. */
    private static final List<Set<Identity.Role>> ROLES = roleSets();

    private static final int DEFINED_KEYS = 24;
    private static final int FIRST_IGNORABLE_KEY = 32;

    private final CborReader cbor;
    private final NodeIds names;

    /** Of those that are there. */
    private final int[] positions = new int[DEFINED_KEYS];

    /** Which are there, a bit each. */
    private int keys;

    private boolean mustUnderstand;

    Fields(CborReader cbor, NodeIds names) {
        this.cbor = cbor;
        this.names = names;
    }

    /** Takes in the map at the reader's position, checking its whole form, and leaves the reader behind it. */
    void scan() throws WireFormatException {
        int found = 0;
        mustUnderstand = false;
        long last = -1;
        for (int left = cbor.count(CborWriter.MAP); left > 0; left--) {
            long key = cbor.uint(Long.MAX_VALUE);
            if (key <= last) {
                throw new WireFormatException(Reason.NOT_DETERMINISTIC, "key order");
            }
            last = key;
            if (key < DEFINED_KEYS) {
                positions[(int) key] = cbor.position();
                found |= 1 << (int) key;
            } else if (key < FIRST_IGNORABLE_KEY) {
                mustUnderstand = true;
            }
            cbor.skip(WireLimits.MAX_DEPTH);
        }
        keys = found;
    }

    boolean mustUnderstand() {
        return mustUnderstand;
    }

    /** Refuses keys 0 to 23 other than 0 to {@code last}: extensions have numbers of their own. */
    void onlyUpTo(int last) throws WireFormatException {
        if (keys >>> (last + 1) != 0) {
            throw new WireFormatException(Reason.UNKNOWN_KEY, "keys " + Integer.toHexString(keys));
        }
    }

    boolean has(int key) {
        return (keys >>> key & 1) != 0;
    }

    /** The reader at the value of {@code key}, which must be there. */
    CborReader at(int key) throws WireFormatException {
        if (!has(key)) {
            throw new WireFormatException(Reason.MISSING_KEY, "key " + key);
        }
        cbor.position(positions[key]);
        return cbor;
    }

    long u32(int key) throws WireFormatException {
        return at(key).uint(WireLimits.MAX_U32);
    }

    int upTo(int key, int max) throws WireFormatException {
        return (int) at(key).uint(max);
    }

    int optionalUpTo(int key, int max) throws WireFormatException {
        return has(key) ? upTo(key, max) : 0;
    }

    NodeId node(int key) throws WireFormatException {
        return names.of(at(key).eightBytes());
    }

    Seq seq(int key) throws WireFormatException {
        at(key).array(2);
        return inlineSeq();
    }

    Distance distance(int key) throws WireFormatException {
        at(key).array(3);
        return new Distance(inlineSeq(), cbor.uint(WireLimits.MAX_U32));
    }

    @Nullable
    Distance optionalDistance(int key) throws WireFormatException {
        return has(key) ? distance(key) : null;
    }

    @Nullable
    Bytes optionalSignature(int key) throws WireFormatException {
        return has(key) ? at(key).bytes(WireLimits.SIGNATURE_BYTES, WireLimits.SIGNATURE_BYTES) : null;
    }

    /** Epoch and count at the reader's position. */
    Seq inlineSeq() throws WireFormatException {
        long epoch = cbor.uint(WireLimits.MAX_U32);
        return new Seq(epoch, cbor.uint(WireLimits.MAX_U32));
    }

    /** The items of the array under {@code key}, at most {@code max}; the reader is at the first. */
    int items(int key, int max) throws WireFormatException {
        int count = at(key).count(CborWriter.ARRAY);
        if (count > max) {
            throw new WireFormatException(Reason.TOO_LARGE, count + " items under key " + key);
        }
        return count;
    }

    /** Role bits at the reader's position; bits that this version does not know are dropped. */
    Set<Identity.Role> roles() throws WireFormatException {
        return ROLES.get((int) cbor.uint(255) & ROLES.size() - 1);
    }

    @SuppressWarnings("EnumOrdinal") // Identity.Role defines its wire form as bits by ordinal.
    private static List<Set<Identity.Role>> roleSets() {
        List<Set<Identity.Role>> sets = new ArrayList<>();
        for (int bits = 0; bits < 1 << Identity.Role.values().length; bits++) {
            Set<Identity.Role> roles = EnumSet.noneOf(Identity.Role.class);
            for (Identity.Role role : Identity.Role.values()) {
                if ((bits >>> role.ordinal() & 1) != 0) {
                    roles.add(role);
                }
            }
            sets.add(Set.copyOf(roles));
        }
        return List.copyOf(sets);
    }
}
