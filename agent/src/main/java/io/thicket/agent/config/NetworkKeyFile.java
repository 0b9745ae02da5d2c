package io.thicket.agent.config;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The file that makes a node a member of a network: a TOML text with the network's id and key, mode 0600. */
public final class NetworkKeyFile {
    private static final int ID_BYTES = 8;
    private static final int MAX_BYTES = 4096;
    /** What the router holds at most. */
    private static final int MAX_GATEWAYS = 16;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private NetworkKeyFile() {}

    /**
     * Makes a new network's file; one that exists is never touched.
     *
     * @param name the network's id, a random one if empty
     * @param random cryptographically strong
     * @param today for the comment
     * @throws IOException whose message is a sentence for the user
     */
    public static NetworkKey create(Path file, Optional<String> name, RandomGenerator random, LocalDate today)
            throws IOException {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        byte[] key = new byte[NetworkKey.KEY_BYTES];
        random.nextBytes(key);
        NetworkKey network = new NetworkKey(name.orElse(HexFormat.of().formatHex(id)), key);
        if (!Identity.isValidName(network.id())) {
            throw new IOException("the network name '" + network.id() + "' is not 1 to 32 of a-z, 0-9, _ and -");
        }
        String text = """
                # The key of a Thicket network, made %s. Copy this file to every node of the network.
                # Whoever can read it can join: keep its mode at 0600.
                [network]
                id = "%s"
                key = "%s"
                """.formatted(today, network.id(), network.hex());
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // The mode belongs to the creation: there is no moment at which others could open the file.
        try (FileChannel channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            writeOrDelete(channel, file, text);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " exists already and is left as it is", e);
        } catch (NoSuchFileException e) {
            throw new IOException("the directory of " + file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException("this user may not write " + file, e);
        }
        return network;
    }

    /** Reads the file; one that others than its owner can read or write is refused. */
    public static NetworkKey read(Path file) throws ConfigException {
        ProblemCollector problems = new ProblemCollector(file.toString());
        TomlParseResult toml = parse(file, problems);
        problems.throwIfAny();
        Object section = toml.get(List.of("network"));
        TomlTable table = section instanceof TomlTable found ? found : toml;
        SectionReader reader = new SectionReader(
                table, "[network]", toml.inputPositionOf(List.of("network")), file, problems, false, path -> {});
        String id = reader.requireName("id", reader.requiredText("id", "\"...\", as `thicket network new` does"));
        String hex = reader.requiredText("key", "\"...\", as `thicket network new` does");
        Set<NodeId> gateways = gateways(reader);
        reader.refuseUnknownKeys();
        byte[] key = new byte[0];
        try {
            key = HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            // The length says it: 0.
        }
        if (key.length != NetworkKey.KEY_BYTES) {
            // The value itself is a secret, even if it is wrong.
            reader.error(
                    "key",
                    "key is not " + 2 * NetworkKey.KEY_BYTES + " hexadecimal digits",
                    "copy the file again from another node");
        }
        problems.throwIfAny();
        return new NetworkKey(id, key, gateways);
    }

    private static Set<NodeId> gateways(SectionReader reader) {
        Set<NodeId> gateways = new LinkedHashSet<>();
        for (String text : reader.texts("gateways")) {
            try {
                gateways.add(NodeId.parse(text));
            } catch (IllegalArgumentException e) {
                reader.error(
                        "gateways",
                        "'" + text + "' is no node id of 16 hexadecimal digits",
                        "`thicket status` on the gateway shows its id");
            }
        }
        if (gateways.size() > MAX_GATEWAYS) {
            reader.error("gateways", gateways.size() + " gateways are too many", "list at most " + MAX_GATEWAYS);
        }
        return gateways;
    }

    private static TomlParseResult parse(Path file, ProblemCollector problems) throws ConfigException {
        if (Files.isDirectory(file)) {
            problems.error(null, "this is a directory and no network key file", "");
            throw problems.exception();
        }
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, new LinkOption[0]);
            if (mode.stream().anyMatch(OTHERS::contains)) {
                problems.error(null, "others than its owner can read or write this key file", "chmod 600 " + file);
                throw problems.exception();
            }
            if (Files.size(file) > MAX_BYTES) {
                problems.error(null, "this is no network key file: it has more than " + MAX_BYTES + " bytes", "");
                throw problems.exception();
            }
            // The reason would quote from the file, which is a secret.
            return TomlText.parse(Files.readString(file), problems, reason -> "this is no network key file");
        } catch (NoSuchFileException e) {
            problems.error(null, "there is no such network key file", "make one: thicket network new " + file);
        } catch (AccessDeniedException e) {
            problems.error(null, "this user may not read the network key file", "");
        } catch (IOException e) {
            problems.error(null, "the network key file cannot be read: " + e.getMessage(), "");
        }
        throw problems.exception();
    }

    private static void writeOrDelete(FileChannel channel, Path file, String text) throws IOException {
        boolean whole = false;
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }
}
