package io.thicket.sim.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A device behind a serial device server: it gets requests of one length, and answers them or not. */
final class TcpDevice implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    /** Requests that came. */
    final List<byte[]> requests = new CopyOnWriteArrayList<>();

    /** @param answer to a request; empty if there is none */
    TcpDevice(int requestBytes, UnaryOperator<byte[]> answer) throws IOException {
        Thread thread = new Thread(
                () -> {
                    while (!server.isClosed()) {
                        try (Socket socket = server.accept()) {
                            InputStream in = socket.getInputStream();
                            OutputStream out = socket.getOutputStream();
                            byte[] request = in.readNBytes(requestBytes);
                            while (request.length == requestBytes) {
                                requests.add(request);
                                out.write(answer.apply(request));
                                out.flush();
                                request = in.readNBytes(requestBytes);
                            }
                        } catch (IOException e) {
                            // The node closed the port, or the test is over.
                        }
                    }
                },
                "tcp-device");
        thread.setDaemon(true);
        thread.start();
    }

    String port() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** A Winsen MH-Z19 that measures 636 ppm (0x86), and answers when ABC is switched (0x79), with its data sheet's check value. */
    static TcpDevice mhz19() throws IOException {
        return new TcpDevice(9, request -> {
            byte[] answer = new byte[9];
            answer[0] = (byte) 0xff;
            answer[1] = request[2];
            if (request[2] == (byte) 0x86) {
                answer[2] = 2;
                answer[3] = 0x7c;
                answer[4] = 66;
            } else if (request[2] == 0x79) {
                answer[2] = 1;
            } else {
                return new byte[0];
            }
            int sum = 0;
            for (int i = 1; i < 8; i++) {
                sum += answer[i];
            }
            answer[8] = (byte) -sum;
            return answer;
        });
    }

    /** Energy meters PZEM-016 on one line, which measure as many tenths of a volt as is written here at their addresses. */
    static TcpDevice meters(int... tenthsOfVoltByUnit) throws IOException {
        return new TcpDevice(8, request -> {
            int unit = request[0];
            if (unit >= tenthsOfVoltByUnit.length || tenthsOfVoltByUnit[unit] == 0) {
                return new byte[0];
            }
            int registers = request[5];
            byte[] answer = new byte[3 + 2 * registers + 2];
            answer[0] = request[0];
            answer[1] = request[1];
            answer[2] = (byte) (2 * registers);
            int[] values = {tenthsOfVoltByUnit[unit], 0, 0, 0, 0, 0, 0, 500, 90, 0};
            int first = (request[2] & 0xff) << 8 | request[3] & 0xff;
            for (int i = 0; i < registers; i++) {
                answer[3 + 2 * i] = (byte) (values[first + i] >> 8);
                answer[4 + 2 * i] = (byte) values[first + i];
            }
            int crc = crc(Arrays.copyOf(answer, answer.length - 2));
            answer[answer.length - 2] = (byte) crc;
            answer[answer.length - 1] = (byte) (crc >> 8);
            return answer;
        });
    }

    /** Modbus over Serial Line V1.02, section 6.2.2. */
    private static int crc(byte[] bytes) {
        int crc = 0xffff;
        for (byte each : bytes) {
            crc ^= each & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xa001;
            }
        }
        return crc;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
