package io.thicket.sim.arch.violations.routing;

import java.net.DatagramSocket;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.tinylog.Logger;

/** Everything that protocol code must not do, one class for each. */
public final class Impure {
    public static final class ReadsMillis {
        long now() {
            return System.currentTimeMillis();
        }
    }

    public static final class ReadsNanos {
        long now() {
            return System.nanoTime();
        }
    }

    public static final class ReadsInstant {
        Instant now() {
            return Instant.now();
        }
    }

    public static final class MakesRandom {
        int draw() {
            return new Random().nextInt();
        }
    }

    public static final class DrawsFromThread {
        int draw() {
            return ThreadLocalRandom.current().nextInt();
        }
    }

    public static final class DrawsFromMath {
        double draw() {
            return Math.random();
        }
    }

    public static final class DrawsUuid {
        UUID draw() {
            return UUID.randomUUID();
        }
    }

    public static final class DrawsSecurely {
        int draw() {
            return new java.security.SecureRandom().nextInt();
        }
    }

    public static final class StartsThread {
        void start() {
            new Thread(() -> {}).start();
        }
    }

    public static final class SharesMap {
        Object map = new ConcurrentHashMap<String, String>();
    }

    public static final class Sleeps {
        void sleep() throws InterruptedException {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    public static final class OpensSocket {
        Object open() throws java.io.IOException {
            return new DatagramSocket();
        }
    }

    public static final class OpensChannel {
        Object open() throws java.io.IOException {
            return DatagramChannel.open();
        }
    }

    public static final class NamesFile {
        Object name() {
            return Path.of("x");
        }
    }

    public static final class UsesMathSin {
        double wave(double x) {
            return Math.sin(x);
        }
    }

    public static final class CollectsToSet {
        Set<String> set(List<String> list) {
            return list.stream().collect(Collectors.toSet());
        }
    }

    public static final class StreamsInParallel {
        long count(Collection<String> all) {
            return all.parallelStream().count();
        }
    }

    public static final class Logs {
        void log() {
            Logger.info("x");
        }
    }

    public static final class LogsWithJdk {
        Object logger() {
            return java.util.logging.Logger.getLogger("x");
        }
    }

    public static final class Prints {
        void print() {
            System.out.println("x");
        }
    }

    /** No offence: exact arithmetic, and a generator that is an argument. */
    public static final class Pure {
        double draw(java.util.random.RandomGenerator random, long[] values) {
            return Math.max(values[0], random.nextInt()) + StrictMath.sin(1);
        }
    }

    private Impure() {}
}
