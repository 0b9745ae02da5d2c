package io.thicket.agent.doctor;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigProblem;
import io.thicket.agent.config.NetworkKey;
import io.thicket.agent.config.NetworkKeyFile;
import io.thicket.agent.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The data directory and the key file. */
final class FileCheck {
    private static final String DATA = "data directory";
    private static final String KEY = "key file";
    private static final long LITTLE_SPACE_BYTES = 16L << 20;
    private static final long NO_SPACE_BYTES = 64L << 10;

    private FileCheck() {}

    static List<Finding> dataDirectory(NodeConfig.Node node) {
        Path directory = node.dataDir().toAbsolutePath();
        String user = System.getProperty("user.name", "thicket");
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            return List.of(Finding.error(DATA, directory + " is no directory", "move it away, or correct data_dir"));
        }
        Path existing = directory;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isWritable(existing)) {
            String what = directory.equals(existing)
                    ? user + " may not write " + directory
                    : directory + " does not exist, and " + user + " may not make it";
            return List.of(Finding.error(DATA, what, "sudo install -d -m 0700 -o " + user + " " + directory));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(
                directory.equals(existing)
                        ? Finding.ok(DATA, directory + " can be written")
                        : Finding.info(DATA, directory + " does not exist yet; the node makes it", ""));
        space(existing).ifPresent(findings::add);
        return findings;
    }

    /** The network's key if it can be used; {@code findings} hears about it either way. */
    static Optional<NetworkKey> key(NodeConfig.Network network, List<Finding> findings) {
        Path file = network.keyFile();
        try {
            NetworkKey key = NetworkKeyFile.read(file);
            int gateways = key.gateways().size();
            String who = gateways == 0
                    ? "; any of its nodes may be a gateway"
                    : "; " + gateways + (gateways == 1 ? " node" : " nodes") + " may be its gateway";
            findings.add(Finding.ok(KEY, file + " is the key of network " + key.id() + who));
            return Optional.of(key);
        } catch (ConfigException e) {
            for (ConfigProblem problem : e.problems()) {
                String cure = problem.hint().isEmpty() ? "copy the file again from another node" : problem.hint();
                findings.add(Finding.error(KEY, file + ": " + problem.message(), cure));
            }
            return Optional.empty();
        }
    }

    private static Optional<Finding> space(Path directory) {
        long bytes;
        try {
            bytes = Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            return Optional.of(Finding.error(
                    DATA, "the file system of " + directory + " does not answer: " + e.getMessage(), "see dmesg"));
        }
        if (bytes >= LITTLE_SPACE_BYTES) {
            return Optional.empty();
        }
        Severity severity = bytes < NO_SPACE_BYTES ? Severity.ERROR : Severity.WARNING;
        return Optional.of(new Finding(
                DATA, severity, "only " + (bytes >> 10) + " KiB are free there", "make room: df -h " + directory));
    }
}
