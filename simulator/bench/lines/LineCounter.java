package lines;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which lines of 64 bytes the simulating thread looks at, and which of them a cache of {@code lines.cache} lines would not have (the one
 * unused longest gives way). Objects are taken to begin with a line. Called by the code that {@link LineAgent} puts in; on the class path
 * of the JVM itself, so that the JDK's collections may call it.
 */
public final class LineCounter {
    private static final int MAX_SITES = 400_000;
    private static final int ARRAY_HEADER_BYTES = 16;
    private static final int OBJECT_HEADER_BYTES = 8;
    private static final int CACHE = Integer.getInteger("lines.cache", 65_536);
    private static final int TOP = 40;

    /** One miss of so many is remembered with its stack. */
    private static final int SAMPLED = 5;

    private static final long FOLLOW_FROM = Long.getLong("lines.from", 0) * 3 / 4;
    private static final long COUNT_FROM = Long.getLong("lines.from", 0);
    private static final jdk.internal.misc.Unsafe UNSAFE = jdk.internal.misc.Unsafe.getUnsafe();
    private static final StackWalker STACK = StackWalker.getInstance();

    // Of each place in the code that looks at a field or at an element.
    private static final String[] names = new String[MAX_SITES];
    private static final String[] fields = new String[MAX_SITES];
    private static final int[] offsets = new int[MAX_SITES];
    private static final long[] touches = new long[MAX_SITES];
    private static final long[] misses = new long[MAX_SITES];
    private static final long[] firsts = new long[MAX_SITES];
    private static int sites;

    private static final Map<String, int[]> stacks = new HashMap<>();
    private static Thread simulating;
    private static boolean busy;
    private static boolean following;
    private static boolean counting;
    private static long steps;
    private static long events;
    private static long allMisses;

    // The cache: keys in buckets, and all in the order of their last use.
    private static final long[] keys = new long[CACHE];
    private static final int[] older = new int[CACHE];
    private static final int[] younger = new int[CACHE];
    private static final int[] chained = new int[CACHE];
    private static final int[] buckets = new int[1 << 16];
    private static int used;
    private static int youngest = -1;
    private static int oldest = -1;

    /** What was looked at before: a line that was not is new, and made where the processor has it. */
    private static long[] known = new long[1 << 22];

    private static int knownCount;

    static {
        Arrays.fill(buckets, -1);
    }

    private LineCounter() {}

    /** A place in the code: {@code method thing}; {@code bytes} of an element, or {@code field} of an object. */
    public static synchronized int site(String name, String field, int bytes) {
        names[sites] = name;
        fields[sites] = field;
        offsets[sites] = field == null ? bytes : -1;
        return sites++;
    }

    /** An event of the simulation begins. */
    public static void step() {
        if (simulating == null) {
            simulating = Thread.currentThread();
        }
        if (Thread.currentThread() == simulating) {
            steps++;
            following |= steps > FOLLOW_FROM;
            counting |= steps > COUNT_FROM;
            events += counting ? 1 : 0;
        }
    }

    public static void field(Object object, int site) {
        if (isWanted(object)) {
            busy = true;
            if (offsets[site] < 0) {
                offsets[site] = offset(object.getClass(), fields[site]);
            }
            look(object, offsets[site], site);
            busy = false;
        }
    }

    public static void element(Object array, int index, int site) {
        if (isWanted(array)) {
            busy = true;
            look(array, ARRAY_HEADER_BYTES + index * offsets[site], site);
            busy = false;
        }
    }

    /** The class of an object, or the length of an array. */
    public static void header(Object object, int site) {
        if (isWanted(object)) {
            busy = true;
            look(object, OBJECT_HEADER_BYTES, site);
            busy = false;
        }
    }

    private static boolean isWanted(Object object) {
        return following && !busy && object != null && Thread.currentThread() == simulating;
    }

    private static int offset(Class<?> type, String field) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            try {
                return (int) UNSAFE.objectFieldOffset(each, field);
            } catch (InternalError e) {
                continue; // a field of a superclass
            }
        }
        return OBJECT_HEADER_BYTES;
    }

    private static void look(Object object, int offset, int site) {
        long line = ((long) System.identityHashCode(object) << 24 | offset >>> 6) + 1;
        boolean hit = isCached(line);
        boolean first = !hit && isNew(line);
        if (!counting) {
            return;
        }
        touches[site]++;
        if (first) {
            firsts[site]++;
        } else if (!hit) {
            misses[site]++;
            if (++allMisses % SAMPLED == 0) {
                remember(site);
            }
        }
    }

    private static boolean isCached(long line) {
        int bucket = (int) (mixed(line) >>> 48);
        for (int place = buckets[bucket]; place >= 0; place = chained[place]) {
            if (keys[place] == line) {
                unlink(place);
                append(place);
                return true;
            }
        }
        int place = used < CACHE ? used++ : evict();
        keys[place] = line;
        chained[place] = buckets[bucket];
        buckets[bucket] = place;
        append(place);
        return false;
    }

    private static int evict() {
        int gone = oldest;
        unlink(gone);
        int bucket = (int) (mixed(keys[gone]) >>> 48);
        if (buckets[bucket] == gone) {
            buckets[bucket] = chained[gone];
            return gone;
        }
        int before = buckets[bucket];
        while (chained[before] != gone) {
            before = chained[before];
        }
        chained[before] = chained[gone];
        return gone;
    }

    private static void unlink(int place) {
        int before = older[place];
        int after = younger[place];
        if (before < 0) {
            oldest = after;
        } else {
            younger[before] = after;
        }
        if (after < 0) {
            youngest = before;
        } else {
            older[after] = before;
        }
    }

    private static void append(int place) {
        older[place] = youngest;
        younger[place] = -1;
        if (youngest < 0) {
            oldest = place;
        } else {
            younger[youngest] = place;
        }
        youngest = place;
    }

    private static boolean isNew(long line) {
        int at = (int) (mixed(line) >>> 32) & known.length - 1;
        while (known[at] != 0) {
            if (known[at] == line) {
                return false;
            }
            at = at + 1 & known.length - 1;
        }
        known[at] = line;
        if (2 * ++knownCount > known.length) {
            long[] former = known;
            known = new long[2 * former.length];
            knownCount = 0;
            for (long each : former) {
                if (each != 0) {
                    isNew(each);
                }
            }
        }
        return true;
    }

    private static long mixed(long line) {
        return line * 0x9e3779b97f4a7c15L;
    }

    private static void remember(int site) {
        List<String> frames = STACK.walk(
                all -> all.map(LineCounter::name).filter(name -> !name.startsWith("LineCounter")).collect(Collectors.toList()));
        StringBuilder path = new StringBuilder();
        for (int i = frames.size() - 1; i >= 0; i--) {
            path.append(frames.get(i)).append(';');
        }
        String thing = names[site].substring(names[site].indexOf(' ') + 1);
        stacks.computeIfAbsent(path.append(thing).toString(), unused -> new int[1])[0] += SAMPLED;
    }

    private static String name(StackWalker.StackFrame frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }

    /** Prints what was counted, and writes the stacks of the misses, a line each with their number, as flame graphs take them. */
    public static void report() {
        following = false;
        if (events == 0) {
            System.err.println("lines: the run ended before event " + COUNT_FROM);
            return;
        }
        System.err.printf(
                "lines: %d events; of each %.0f touches, %.1f lines not in %d KB, %.1f new ones%n",
                events, per(touches), per(misses), CACHE / 16, per(firsts));
        Map<String, Long> byMethod = IntStream.range(0, sites)
                .boxed()
                .collect(Collectors.groupingBy(
                        site -> names[site].substring(0, names[site].indexOf(' ')),
                        Collectors.summingLong(site -> misses[site])));
        byMethod.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(TOP)
                .forEach(each -> System.err.printf("lines: %6.3f %s%n", (double) each.getValue() / events, each.getKey()));
        String file = System.getProperty("lines.stacks");
        try (PrintWriter out = new PrintWriter(file, StandardCharsets.UTF_8)) {
            stacks.forEach((path, count) -> out.println(path + " " + count[0]));
        } catch (IOException e) {
            System.err.println("lines: " + file + " cannot be written: " + e.getMessage());
        }
    }

    private static double per(long[] counts) {
        return (double) Arrays.stream(counts, 0, sites).sum() / events;
    }
}
