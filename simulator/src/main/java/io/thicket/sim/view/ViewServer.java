package io.thicket.sim.view;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.thicket.sim.recording.RunSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Serves the page and the data of one run to browsers on this machine. */
public final class ViewServer implements AutoCloseable {
    private static final int HTTP_PORT = 80;

    /** Scripts, styles and data of this page alone; nothing inline, nothing from elsewhere. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Requests that are not whole by then are given up, so that whoever sends them slowly does not hold threads. */
    static final int REQUEST_SECONDS = 5;

    /** Answers that are not taken by then are given up with their connection. */
    static final int ANSWER_SECONDS = 30;

    /** Connections at once. Each has a thread, so that one which takes its answer slowly holds up nobody else. */
    static final int MAX_CONNECTIONS = 100;

    /** The JDK's server makes two copies of what it is given at once, and keeps them while nobody takes it. */
    private static final int PIECE_BYTES = 16 << 10;

    static {
        // The JDK's server takes these from here only, and once.
        System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(REQUEST_SECONDS));
        System.setProperty("sun.net.httpserver.maxRspTime", Integer.toString(ANSWER_SECONDS));
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MAX_CONNECTIONS));
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final RunSource source;
    private final byte[] header;

    /** By this a page notices that another program answers it, perhaps with another run. */
    private final String id = UUID.randomUUID().toString();

    /** Serves {@code source} on that port of 127.0.0.1, 0 for any that is free. */
    public ViewServer(RunSource source, int port) throws IOException {
        this.source = source;
        header = utf8(source.header());
        threads = new ThreadPoolExecutor(
                MAX_CONNECTIONS, MAX_CONNECTIONS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "view");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Security-Policy", POLICY);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            headers.set("Cache-Control", "no-store");
            headers.set("Thicket-Run", id);
            if (!isOurs(exchange.getRequestHeaders().getFirst("Host"), port())) {
                // A page of somebody else whose name was made to point here must not read the run.
                refuse(exchange, 403, "this server answers to 127.0.0.1 only");
            } else if (isForeign(exchange.getRequestHeaders())) {
                // It could not read the answers, but hold all connections.
                refuse(exchange, 403, "this server answers to its own page only");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                headers.set("Allow", "GET");
                refuse(exchange, 405, "GET only");
            } else {
                answer(exchange, exchange.getRequestURI().getPath());
            }
        }
    }

    /** Whether a browser that asks this host means this server. */
    static boolean isOurs(@Nullable String host, int port) {
        String suffix = port == HTTP_PORT ? "(:80)?" : ":" + port;
        return host != null && host.matches("(127\\.0\\.0\\.1|localhost)" + suffix);
    }

    /** Whether the browser says that a page of somebody else asks; a link to the page may be anywhere. */
    private static boolean isForeign(Headers request) {
        String site = request.getFirst("Sec-Fetch-Site");
        return site != null
                && !site.equals("same-origin")
                && !site.equals("none")
                && !"navigate".equals(request.getFirst("Sec-Fetch-Mode"));
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        if (path.equals("/api/run")) {
            send(exchange, "application/json", header);
        } else if (path.equals("/api/index")) {
            int from = number(
                    exchange.getRequestURI().getQuery() == null
                            ? ""
                            : exchange.getRequestURI().getQuery());
            index(exchange, Math.max(0, from));
        } else if (path.startsWith("/api/blocks/")) {
            block(exchange, number(path.substring("/api/blocks/".length())));
        } else if (path.equals("/api/live")) {
            send(exchange, "application/json", utf8(IndexJson.head(source, id)));
        } else {
            PageFiles.PageFile file = PageFiles.find(path);
            if (file == null) {
                refuse(exchange, 404, "nothing here");
            } else {
                send(exchange, file.type(), file.bytes());
            }
        }
    }

    private void index(HttpExchange exchange, int from) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        Writer out = new BufferedWriter(
                new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8), PIECE_BYTES);
        IndexJson.write(out, source, from);
        out.flush();
    }

    private void block(HttpExchange exchange, int number) throws IOException {
        if (number < 0 || number >= source.blocks().size()) {
            refuse(exchange, 404, "no such block");
            return;
        }
        byte[] packed;
        try {
            packed = source.packedBlock(number);
        } catch (IOException e) {
            refuse(exchange, 500, String.valueOf(e.getMessage()));
            return;
        }
        exchange.getResponseHeaders().set("Content-Encoding", "deflate");
        send(exchange, "application/x-ndjson", packed);
    }

    /** The digits of {@code text} behind an optional {@code from=}; -1 if it is none. */
    private static int number(@Nullable String text) {
        String digits = text == null ? "" : text.replaceFirst("^from=", "");
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        byte[] body = utf8(why + "\n");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1); // answers to it have no body
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        OutputStream out = exchange.getResponseBody();
        for (int at = 0; at < body.length; at += PIECE_BYTES) {
            out.write(body, at, Math.min(PIECE_BYTES, body.length - at));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
