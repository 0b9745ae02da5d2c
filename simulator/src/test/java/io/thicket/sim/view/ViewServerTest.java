package io.thicket.sim.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.recording.RunFileReader;
import io.thicket.sim.recording.RunFileWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server answers is public (docs/view.md). */
final class ViewServerTest {
    private static final Path GOLDEN =
            Path.of(System.getProperty("thicket.root", "..")).resolve("simulator/src/test/resources/view/server.txt");

    @TempDir
    private static Path directory;

    private static RunFileReader run;
    private static ViewServer server;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void serve() throws IOException {
        Path path = directory.resolve("a.run");
        RecordedRun.into(path);
        run = RunFileReader.open(path);
        server = new ViewServer(run, 0);
    }

    @AfterAll
    static void end() throws IOException {
        server.close();
        run.close();
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return get(server, path);
    }

    private static HttpResponse<byte[]> get(ViewServer from, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(from.url() + path)).build();
        return CLIENT.send(request, BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Of a run made by hand, so that every value is known. */
    @Test
    void run_index_and_progress_are_as_documented() throws IOException, InterruptedException {
        StringBuilder found = new StringBuilder();
        try (GrowingRun growing = new GrowingRun(directory.resolve("growing.run"));
                ViewServer other = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            found.append("api/run ").append(text(get(other, "api/run")));
            found.append("\napi/index ").append(text(get(other, "api/index")));
            growing.second(2);
            growing.source().finish();
            found.append("\napi/index?from=0 ").append(text(get(other, "api/index?from=0")));
            found.append("\napi/index?from=1 ").append(text(get(other, "api/index?from=1")));
            found.append("\napi/live ")
                    .append(text(get(other, "api/live")).replaceFirst("\"id\":\"[0-9a-f-]{36}\"", "\"id\":\"\""))
                    .append('\n');
        }

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, found);
        }
        assertEquals(Files.readString(GOLDEN), found.toString());
    }

    @Test
    void a_block_is_sent_as_it_is_stored() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = get("api/blocks/0");

        assertEquals(
                "deflate", response.headers().firstValue("Content-Encoding").orElse(""));
        byte[] plain = new InflaterInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        assertEquals(run.block(0), new String(plain, StandardCharsets.UTF_8));
    }

    @Test
    void everything_comes_with_a_strict_policy() throws IOException, InterruptedException {
        for (String path : new String[] {"", "main.js", "uplot.js", "style.css", "api/run", "nothing"}) {
            HttpResponse<byte[]> response = get(path);
            String policy =
                    response.headers().firstValue("Content-Security-Policy").orElse("");
            assertTrue(policy.startsWith("default-src 'none'"), path);
            assertTrue(!policy.contains("unsafe"), path);
            assertEquals(
                    "nosniff",
                    response.headers().firstValue("X-Content-Type-Options").orElse(""));
        }
    }

    @Test
    void nothing_but_the_page_is_served() throws IOException, InterruptedException {
        assertEquals(200, get("").statusCode());
        for (String path : new String[] {
            "..%2f..%2fsecret",
            "index.html%00",
            "package-info.class",
            "ViewServer.class",
            "api/blocks/99999999",
            "api/blocks/x",
            "api/blocks/-1",
            "api",
            "%2e%2e/run.js"
        }) {
            assertEquals(404, get(path).statusCode(), path);
        }
    }

    @Test
    void another_name_for_this_machine_is_refused() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write("GET /api/run HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
        }
    }

    @Test
    void only_reading_is_possible() throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(URI.create(server.url() + "api/run"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();

        assertEquals(405, CLIENT.send(post, BodyHandlers.ofString()).statusCode());
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((request + "Host: 127.0.0.1:" + server.port() + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean isEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true; // reset
        }
    }

    /** They would hold all threads. */
    @Test
    void requests_that_never_end_do_not_stop_the_others() throws IOException, InterruptedException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 48; i++) {
                Socket socket = new Socket("127.0.0.1", server.port());
                slow.add(socket);
                socket.getOutputStream().write("GET /api/run HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
            }

            for (Socket socket : slow) {
                socket.setSoTimeout(6_000 * ViewServer.REQUEST_SECONDS);
                assertTrue(isEnded(socket), "still held");
            }
            assertEquals(200, get("api/run").statusCode());
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** An answer that nobody takes holds a thread until its time is over. */
    @Test
    void answers_that_nobody_takes_do_not_stop_the_others() throws Exception {
        Path path = directory.resolve("long.run");
        String longName = "x".repeat(8 << 20);
        try (RunFileWriter file = new RunFileWriter(path, "{\"name\":\"" + longName + "\"}");
                ViewServer other = new ViewServer(file, 0)) {
            String request = "GET /api/run HTTP/1.1\r\nHost: 127.0.0.1:" + other.port() + "\r\n\r\n";
            List<Socket> slow = new ArrayList<>();
            try {
                for (int i = 0; i < 40; i++) {
                    Socket socket = new Socket("127.0.0.1", other.port());
                    slow.add(socket);
                    socket.getOutputStream().write(request.repeat(5).getBytes(StandardCharsets.US_ASCII));
                }
                for (Socket socket : slow) {
                    assertEquals('H', socket.getInputStream().read()); // its answer is under way
                }

                assertEquals(200, get(other, "api/live").statusCode());
            } finally {
                for (Socket socket : slow) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void pages_of_others_get_nothing_and_links_to_the_page_work() throws IOException {
        String line = "GET /api/live HTTP/1.1\r\n";
        assertTrue(raw(line + "Sec-Fetch-Site: cross-site\r\n").startsWith("HTTP/1.1 403"));
        assertTrue(raw(line + "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\n")
                .startsWith("HTTP/1.1 403"));
        assertTrue(raw(line + "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n")
                .startsWith("HTTP/1.1 200"));
        String link = "GET / HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n";
        assertTrue(raw(link).startsWith("HTTP/1.1 200"));
    }

    /** Browsers leave out the port that is usual. */
    @Test
    void the_host_is_this_machine_and_this_port() {
        assertTrue(ViewServer.isOurs("127.0.0.1:8000", 8000));
        assertTrue(ViewServer.isOurs("localhost:8000", 8000));
        assertTrue(ViewServer.isOurs("127.0.0.1", 80));
        assertTrue(ViewServer.isOurs("localhost:80", 80));
        for (String other :
                new String[] {"127.0.0.1", "127.0.0.1:80", "127.0.0.1:80001", "127a0b0c1:8000", "evil:8000", ""}) {
            assertTrue(!ViewServer.isOurs(other, 8000), other);
        }
        assertTrue(!ViewServer.isOurs(null, 8000));
    }

    @Test
    void other_methods_are_told_which_one_is_allowed() throws IOException {
        String head = raw("HEAD / HTTP/1.1\r\n");

        assertTrue(head.startsWith("HTTP/1.1 405"), head);
        assertTrue(head.contains("Allow: GET\r\n"), head);
        assertTrue(head.endsWith("\r\n\r\n"), head);
    }
}
