package io.thicket.sim.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Opens pages for one test, and lets it fail if something was on them that should not be: errors, requests to others, words that are not for
 * people. All tests of all classes have one browser, and each a window of its own: {@code @RegisterExtension final}.
 */
final class Pages implements BeforeEachCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(Pages.class);

    private static final int TRIES = 500;

    /** What the server answers to nobody. */
    private static final int ROUTED = 204;

    private final List<String> problems = new ArrayList<>();
    private String server = "";
    private @Nullable Browser browser;
    private @Nullable BrowserContext context;

    @Override
    public void beforeEach(ExtensionContext test) {
        browser = test.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Chromium.class, unused -> Chromium.start(), Chromium.class)
                .browser();
    }

    /** Whoever ends the server before that closes the page before the server. */
    @Override
    public void afterEach(ExtensionContext test) {
        close();
        assertEquals(List.of(), problems);
    }

    Page open(String url) {
        return open(url, ColorScheme.LIGHT);
    }

    Page open(String url, ColorScheme scheme) {
        return open(url, scheme, 1280, 860);
    }

    Page open(String url, ColorScheme scheme, int width, int height) {
        return ready(blank(url.replaceFirst("#.*", ""), scheme, width, height), url);
    }

    /** A page that is whole by itself. */
    Page open(Path file, int width, int height) {
        String url = file.toUri().toString();
        Page page = blank(url, ColorScheme.LIGHT, width, height);
        page.navigate(url);
        return page;
    }

    /** A window without anything, from which no more than this may be asked for. */
    private Page blank(String allowed, ColorScheme scheme, int width, int height) {
        server = allowed;
        BrowserContext opened = Objects.requireNonNull(browser)
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme));
        context = opened;
        return watched(opened);
    }

    /** One more tab of the browser whose first one was opened. */
    Page another(Page first) {
        return ready(watched(first.context()), first.url());
    }

    private static Page ready(Page page, String url) {
        page.navigate(url);
        page.waitForSelector("body[data-ready]");
        return page;
    }

    private Page watched(BrowserContext window) {
        Page page = window.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                problems.add(message.text());
            }
        });
        page.onPageError(problems::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(server) && !request.url().startsWith("data:")) {
                problems.add("asks for " + request.url());
            }
        });
        return page;
    }

    /** That requests failed is what the test is about: the browser says so on its console. */
    void serverMayBeGone() {
        close(); // or it asks once more, and is told so after this
        problems.removeIf(each -> each.contains("net::ERR_"));
    }

    /** That an answer says so is what the test is about. */
    void blocksMayBeDamaged() {
        problems.removeIf(each -> each.contains("status of 500"));
    }

    void close() {
        if (context != null) {
            for (Page page : context.pages()) {
                String text = page.locator("body").textContent();
                if (text.contains("[object") || text.contains("undefined") || text.contains("NaN")) {
                    problems.add("what is not for people is on the page");
                }
            }
            context.close();
            context = null;
        }
    }

    /**
     * Routes requests of an open page, and waits until it is so: Chromium says that it is before what the page asks next goes that way, which
     * on a busy machine then was answered by the server.
     */
    static void route(Page page, String urls, Consumer<Route> handler) {
        page.route("**/icon.svg", route -> route.fulfill(new Route.FulfillOptions().setStatus(ROUTED)));
        page.route(urls, handler);
        until(page, "routed => fetch('icon.svg').then(answer => answer.status === routed)", ROUTED);
    }

    /** Waits for something to be so. Playwright's own wait needs an eval in the page, which the page's policy forbids. */
    static void until(Page page, String condition, @Nullable Object argument) {
        for (int i = 0; i < TRIES; i++) {
            if (Boolean.TRUE.equals(page.evaluate(condition, argument))) {
                return;
            }
            page.waitForTimeout(20);
        }
        throw new AssertionError("never: " + condition);
    }
}
