package io.mailroutes.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium with one page and an empty profile, driven by its DevTools protocol. */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser");
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final WebSocket socket;
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> requested = new CopyOnWriteArrayList<>();

    private Chromium(Process process, URI page) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Listener())
                .orTimeout(START.toSeconds(), TimeUnit.SECONDS)
                .join();
        call("Page.enable", Map.of());
        call("Network.enable", Map.of());
    }

    /** Why there is none; empty when there is one. */
    public static Optional<String> whyUnavailable() {
        return program().isPresent()
                ? Optional.empty()
                : Optional.of("no Chromium is installed (Debian: apt-get install chromium)");
    }

    private static Optional<String> program() {
        return NAMES.stream().filter(name -> Files.isExecutable(Path.of(name))).findFirst();
    }

    /** @param profile an empty directory */
    public static Chromium start(Path profile) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program().orElseThrow(() -> new AssertionError(whyUnavailable().orElseThrow()))));
        command.addAll(List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-address=127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank"));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Path ports = profile.resolve("DevToolsActivePort");
            Await.until(
                    "Chromium listens",
                    START,
                    () -> Files.exists(ports) && Files.readAllLines(ports).size() == 2);
            String port = Files.readAllLines(ports).get(0);
            return new Chromium(process, page(URI.create("http://127.0.0.1:" + port + "/json/list")));
        } catch (IOException | RuntimeException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static URI page(URI list) {
        List<URI> found = new CopyOnWriteArrayList<>();
        Await.until("Chromium has a page", START, () -> {
            for (JsonNode target : new ObjectMapper().readTree(list.toURL())) {
                if (target.path("type").asText().equals("page")) {
                    found.add(URI.create(target.path("webSocketDebuggerUrl").asText()));
                }
            }
            return !found.isEmpty();
        });
        return found.get(0);
    }

    /** Opens an address, and waits until something of it is there. */
    public void open(String address) {
        call("Page.navigate", Map.of("url", address));
        awaitScript("location.href!=='about:blank'&&document.readyState==='complete'");
    }

    /** Waits until a script says true. */
    public void awaitScript(String expression) {
        Await.until(expression, START, () -> evaluate(expression).asBoolean(false));
    }

    /** Clicks with the mouse, in the middle of the first element that a CSS selector finds. */
    public void click(String selector) {
        JsonNode at = evaluate("(()=>{const e=document.querySelector('" + selector
                + "');e.scrollIntoView();const r=e.getBoundingClientRect();return [r.x+r.width/2,r.y+r.height/2]})()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            at.get(0).asDouble(),
                            "y",
                            at.get(1).asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    /** What a person sees. */
    public String text() {
        return evaluate("document.title+'\\n'+document.body.innerText").asText();
    }

    /** What stands in the address bar. */
    public String address() {
        return evaluate("location.href").asText();
    }

    /** The addresses one can go back to. */
    public List<String> history() {
        List<String> addresses = new ArrayList<>();
        call("Page.getNavigationHistory", Map.of())
                .path("entries")
                .forEach(entry -> addresses.add(entry.path("url").asText()));
        return addresses;
    }

    /** Every address that was asked for, oldest first. */
    public List<String> requested() {
        return List.copyOf(requested);
    }

    /** What a script gives, by value. */
    public JsonNode evaluate(String expression) {
        return call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
                .path("result")
                .path("value");
    }

    /** As wide as this many CSS pixels, in a light or a dark scheme. */
    public void look(int width, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 600));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** A picture of the page, PNG. */
    public byte[] screenshot() {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        Map<String, Object> message = new LinkedHashMap<>(Map.of("id", id, "method", method, "params", parameters));
        socket.sendText(Wire.json(message), true).join();
        JsonNode result = answer.orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
        if (result.has("error")) {
            throw new AssertionError(method + ": " + result.path("error"));
        }
        return result.path("result");
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                accept(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        private void accept(String text) {
            try {
                JsonNode message = json.readTree(text);
                if (message.has("id")) {
                    answers.remove(message.path("id").asInt()).complete(message);
                } else if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                    requested.add(
                            message.path("params").path("request").path("url").asText());
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
