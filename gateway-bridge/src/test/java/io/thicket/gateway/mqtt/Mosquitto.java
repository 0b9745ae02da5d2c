package io.thicket.gateway.mqtt;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real mosquitto on a loopback port, which can be stopped and started. */
final class Mosquitto implements AutoCloseable {
    final int port;
    private final Path directory;
    private Process process;
    private Process subscriber;

    Mosquitto(Path directory, String... more) throws IOException {
        Assumptions.assumeTrue(
                find("mosquitto") != null, "skipped: mosquitto is not installed (apt-get install mosquitto)");
        Assumptions.assumeTrue(
                find("mosquitto_sub") != null, "skipped: mosquitto_sub is missing (apt-get install mosquitto-clients)");
        this.directory = directory;
        this.port = EmbeddedBroker.freePort();
        // Not max_queued_messages 0: with it mosquitto 2.0.11 ends a connection after the first refused publication.
        String configuration = "listener " + port + " 127.0.0.1\nmax_queued_messages 100000\nlog_type error\n"
                + "user root\n" + (more.length == 0 ? "allow_anonymous true" : String.join("\n", more)) + "\n";
        Files.writeString(directory.resolve("mosquitto.conf"), configuration);
        startBroker();
    }

    String url() {
        return "mqtt://127.0.0.1:" + port;
    }

    void startBroker() throws IOException {
        process = new ProcessBuilder(
                        find("mosquitto"),
                        "-c",
                        directory.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("mosquitto.log").toFile())
                .start();
        TestHost.await("mosquitto", 10, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** SIGTERM. */
    void stopBroker() throws InterruptedException {
        process.destroy();
        process.waitFor(5, TimeUnit.SECONDS);
    }

    /** SIGKILL. */
    void killBroker() throws InterruptedException {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }

    /** The ids of everything in {@code data}, by an independent subscriber that reconnects by itself. */
    List<String> subscribeToIds(String... login) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                find("mosquitto_sub"),
                "-V",
                "5",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-q",
                "1",
                "-c",
                "-x",
                "600",
                "-i",
                "judge",
                "-t",
                "thicket/v1/+/n/+/data",
                "-F",
                "%P"));
        command.addAll(List.of(login));
        subscriber = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> ids = new CopyOnWriteArrayList<>();
        Process source = subscriber;
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = new BufferedReader(
                            new InputStreamReader(source.getInputStream(), StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            for (String word : line.split(" ")) {
                                if (word.startsWith("id:")) {
                                    ids.add(word.substring(3));
                                }
                            }
                        }
                    } catch (IOException e) {
                        // The test is over.
                    }
                },
                "judge");
        reader.setDaemon(true);
        reader.start();
        return ids;
    }

    @Override
    public void close() throws InterruptedException {
        if (subscriber != null) {
            subscriber.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
        killBroker();
    }

    static String find(String program) {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/sbin")
                .map(directory -> new File(directory, program))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst()
                .orElse(null);
    }
}
