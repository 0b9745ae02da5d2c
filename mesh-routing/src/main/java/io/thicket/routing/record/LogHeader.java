package io.thicket.routing.record;

import io.thicket.routing.Identity;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.routing.security.ChaChaRandom;
import io.thicket.routing.wire.Hello;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a router was made of, but for the secrets that the replaying person must have (the network key) and the one that
 * nobody needs (the node's own key: its signatures are in the log).
 *
 * @param version of the software that recorded
 * @param seed of the boot's random numbers
 * @param parameters as far as a configuration can change them; the rest are the defaults of the version
 * @param parametersHash the first four bytes of a hash over all parameters, so that another version's are noticed
 * @param willingness to forward for others
 * @param gateways the nodes that may be gateways, any node if empty
 */
record LogHeader(
        String version,
        Octets seed,
        Octets publicKey,
        String name,
        Set<Identity.Role> roles,
        long epoch,
        long salt,
        Octets networkId,
        int maxDestinations,
        Map<LinkClass, Timers> parameters,
        int parametersHash,
        int willingness,
        Set<NodeId> gateways) {
    private static final int MAX_TEXT = 64;
    private static final int MAX_GATEWAYS = 16;

    /** Bytes that compare by content. */
    static final class Octets {
        private final byte[] bytes;

        Octets(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    /** The timers that a configuration can change. */
    record Timers(long helloMinMs, long helloMaxMs, long gatewayPeriodMs, long registerPeriodMs) {}

    static LogHeader of(String version, RouterConfig config, byte[] seed, byte[] networkId) {
        EnumMap<LinkClass, Timers> timers = new EnumMap<>(LinkClass.class);
        config.parameters()
                .forEach((linkClass, all) -> timers.put(
                        linkClass,
                        new Timers(all.helloMinMs(), all.helloMaxMs(), all.gatewayPeriodMs(), all.registerPeriodMs())));
        return new LogHeader(
                version,
                new Octets(seed),
                new Octets(config.signer().publicKey()),
                config.name(),
                config.roles(),
                config.epoch(),
                config.salt(),
                new Octets(networkId),
                config.maxDestinations(),
                timers,
                hashOf(config.parameters()),
                config.willingness(),
                config.gateways());
    }

    /** All parameters as they were, if this version has the same defaults as the one that recorded. */
    Map<LinkClass, RoutingParameters> allParameters() throws LogFormatException {
        EnumMap<LinkClass, RoutingParameters> all = new EnumMap<>(RouterConfig.defaultParameters());
        try {
            parameters.forEach((linkClass, timers) -> all.computeIfPresent(
                    linkClass, (ignored, usual) -> usual.withHello(timers.helloMinMs, timers.helloMaxMs)
                            .withPeriods(timers.gatewayPeriodMs, timers.registerPeriodMs)));
        } catch (IllegalArgumentException e) {
            throw new LogFormatException("the log's timers are impossible: " + e.getMessage());
        }
        if (hashOf(all) != parametersHash) {
            throw new LogFormatException("the log was recorded by version " + version
                    + " with other timers and bounds than this version has; replay it with that version");
        }
        return all;
    }

    private static int hashOf(Map<LinkClass, RoutingParameters> parameters) {
        StringBuilder text = new StringBuilder();
        for (LinkClass linkClass : LinkClass.values()) {
            text.append(linkClass).append(parameters.get(linkClass)).append('\n');
        }
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8)))
                    .getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    void write(LogWriter out) {
        out.text(version).bytes(seed.bytes).bytes(publicKey.bytes).text(name);
        int bits = 0;
        for (Identity.Role role : Identity.Role.values()) {
            bits = bits << 1 | (roles.contains(role) ? 1 : 0);
        }
        out.number(bits).number(epoch).number(salt).bytes(networkId.bytes).number(maxDestinations);
        for (LinkClass linkClass : LinkClass.values()) {
            Timers timers = parameters.get(linkClass);
            if (timers == null) {
                throw new AssertionError(linkClass);
            }
            out.number(timers.helloMinMs).number(timers.helloMaxMs);
            out.number(timers.gatewayPeriodMs).number(timers.registerPeriodMs);
        }
        out.number(parametersHash).number(willingness).number(gateways.size());
        gateways.stream().mapToLong(NodeId::value).sorted().forEach(out::number);
    }

    static LogHeader read(LogReader in) throws LogFormatException {
        String version = in.text(MAX_TEXT);
        byte[] seed = in.bytes(ChaChaRandom.SEED_BYTES, ChaChaRandom.SEED_BYTES);
        byte[] publicKey = in.bytes(32, 32);
        String name = in.text(Identity.MAX_NAME_LENGTH);
        int bits = (int) in.number(0, 7);
        EnumSet<Identity.Role> roles = EnumSet.noneOf(Identity.Role.class);
        Identity.Role[] all = Identity.Role.values();
        for (int i = 0; i < all.length; i++) {
            if ((bits >> all.length - 1 - i & 1) != 0) {
                roles.add(all[i]);
            }
        }
        long epoch = in.number(0, 0xffff_ffffL);
        long salt = in.number(Long.MIN_VALUE, Long.MAX_VALUE);
        byte[] networkId = in.bytes(1, MAX_TEXT);
        int maxDestinations = (int) in.number(1, RouterConfig.DEFAULT_MAX_DESTINATIONS);
        EnumMap<LinkClass, Timers> timers = new EnumMap<>(LinkClass.class);
        for (LinkClass linkClass : LinkClass.values()) {
            long most = 1L << 40;
            timers.put(
                    linkClass,
                    new Timers(in.number(1, most), in.number(1, most), in.number(1, most), in.number(1, most)));
        }
        int hash = (int) in.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
        int willingness = (int) in.number(1, Hello.MAX_WILLINGNESS);
        Set<NodeId> gateways = new LinkedHashSet<>();
        for (long left = in.number(0, MAX_GATEWAYS); left > 0; left--) {
            gateways.add(new NodeId(in.number(Long.MIN_VALUE, Long.MAX_VALUE)));
        }
        return new LogHeader(
                version,
                new Octets(seed),
                new Octets(publicKey),
                name,
                roles,
                epoch,
                salt,
                new Octets(networkId),
                maxDestinations,
                timers,
                hash,
                willingness,
                gateways);
    }
}
