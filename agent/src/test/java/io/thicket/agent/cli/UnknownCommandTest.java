package io.thicket.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Found in review: a name that is wrong was answered by "4.04" and nothing else. */
class UnknownCommandTest {
    private static final byte NOT_FOUND = (byte) 0x84;

    /** An agent that has nothing. */
    private static CompletableFuture<Void> answer(DatagramSocket socket) {
        return CompletableFuture.runAsync(() -> {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
                socket.receive(packet);
                byte[] request = packet.getData();
                int token = request[0] & 0xF;
                request[0] = (byte) (0x60 | token);
                request[1] = NOT_FOUND;
                socket.send(new DatagramPacket(request, 4 + token, packet.getSocketAddress()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static CommandLineRun run(String words) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            CompletableFuture<Void> answered = answer(socket);
            CommandLineRun run =
                    CommandLineRun.of((words + " --connect=coap://127.0.0.1:" + socket.getLocalPort()).split(" "));
            answered.get(10, TimeUnit.SECONDS);
            return run;
        }
    }

    @ParameterizedTest
    @CsvSource({"set dust/speed 5", "do dust/speed"})
    void a_command_that_there_is_not_is_named(String words) throws Exception {
        CommandLineRun run = run(words);

        assertEquals(1, run.exit());
        assertEquals(
                "thicket " + words.split(" ")[0] + ": the agent answers 4.04, it has no /sensors/dust/commands/speed;"
                        + " thicket commands dust shows what the sensor can be told\n",
                run.err());
    }

    @Test
    void a_sensor_that_takes_no_commands_is_named() throws Exception {
        CommandLineRun run = run("commands dust");

        assertEquals(1, run.exit());
        assertEquals(
                "thicket commands: the agent answers 4.04, it has no /sensors/dust/commands;"
                        + " thicket sensors shows its sensors, and not every one can be told something\n",
                run.err());
    }
}
