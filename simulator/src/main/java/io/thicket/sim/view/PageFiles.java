package io.thicket.sim.view;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page's files in the jar, by their path. Nothing else is served. */
final class PageFiles {
    private static final String OURS = "/io/thicket/sim/view/";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private static final Map<String, String> LIBRARY =
            Map.of("uplot.js", UPLOT + "uPlot.esm.js", "uplot.css", UPLOT + "uPlot.min.css");

    /** A file and its type. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record PageFile(String type, byte[] bytes) {}

    private PageFiles() {}

    /** The file of a path such as {@code /main.js}, null if there is none. */
    static @Nullable PageFile find(String path) throws IOException {
        String name = path.equals("/") ? "index.html" : path.substring(1);
        if (!name.matches("[a-z]{1,24}\\.(html|js|css|svg)")) {
            return null;
        }
        String resource = LIBRARY.getOrDefault(name, OURS + name);
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            return in == null ? null : new PageFile(typeOf(name), in.readAllBytes());
        }
    }

    private static String typeOf(String name) {
        if (name.endsWith(".js")) {
            return SCRIPT;
        }
        if (name.endsWith(".css")) {
            return STYLE;
        }
        return name.endsWith(".svg") ? "image/svg+xml" : "text/html; charset=utf-8";
    }
}
