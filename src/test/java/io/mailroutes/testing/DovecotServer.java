package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real Dovecot 2.3 of its own: loopback only, everything in a temporary directory, XOAUTH2 and OAUTHBEARER checked by
 * introspection (RFC 7662) at a given address. Any user name has a mailbox, whose owner is what introspection says in
 * {@code username}. For the checker every user also has the {@link #password} (AUTH PLAIN).
 */
public final class DovecotServer implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/sbin/dovecot");
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private static final Duration STOP_GRACE = Duration.ofMillis(500);

    /** APPENDs sent before the first answer is read: bounded, so that answers fit into the socket's buffer. */
    private static final int APPEND_WINDOW = 50;

    private static final Pattern FETCHED = Pattern.compile("\\* \\d+ FETCH \\(.*");
    private static final Pattern UID = Pattern.compile("\\bUID (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("\\bFLAGS \\(([^)]*)\\)");

    private final Path directory;
    private final Path configuration;
    private final SelfSignedCertificate certificate;
    private final String password = UUID.randomUUID().toString();
    private final int port;
    private final int imapsPort;
    private Optional<Process> master = Optional.empty();

    private DovecotServer(URI introspection, List<String> extra) throws IOException {
        directory = Files.createTempDirectory("mailroutes-dovecot");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        certificate = SelfSignedCertificate.write(directory);
        try (ServerSocket first = freePort();
                ServerSocket second = freePort()) {
            port = first.getLocalPort();
            imapsPort = second.getLocalPort();
        }
        configuration =
                new DovecotConfig(directory, port, imapsPort, introspection, password, certificate, extra).write();
    }

    /** Whether {@link #start} can work on this machine. */
    public static boolean available() {
        return whyUnavailable().isEmpty();
    }

    static Optional<String> whyUnavailable() {
        if (!Files.isExecutable(BINARY)) {
            return Optional.of("no Dovecot at " + BINARY + " (Debian: apt-get install dovecot-imapd)");
        }
        try {
            Process process = new ProcessBuilder(BINARY.toString(), "--version").start();
            String version = new String(process.getInputStream().readAllBytes(), UTF_8);
            return version.startsWith("2.3.")
                    ? Optional.empty()
                    : Optional.of("Dovecot 2.3 wanted, found: " + version.strip());
        } catch (IOException e) {
            return Optional.of("Dovecot does not run: " + e.getMessage());
        }
    }

    /** @param introspection where Dovecot asks about a token, by POST, at each login */
    public static DovecotServer start(URI introspection) {
        return start(introspection, List.of());
    }

    /** @param extra configuration lines that come last, such as {@code auth_mechanisms = plain oauthbearer} */
    public static DovecotServer start(URI introspection, List<String> extra) {
        whyUnavailable().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        try {
            DovecotServer server = new DovecotServer(introspection, extra);
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts again after {@link #stop}, on the same ports, with the same mail. */
    public void start() {
        try {
            Process process = new ProcessBuilder(BINARY.toString(), "-F", "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("stdout").toFile())
                    .start();
            master = Optional.of(process);
            Await.until("Dovecot listens", START_LIMIT, () -> listens(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens(Process process) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("Dovecot ended: " + log());
        }
        try (RawImap probe = new RawImap(port)) {
            return probe.greeting().startsWith("* OK");
        } catch (ConnectException notYet) {
            // nobody listens yet
            return false;
        }
    }

    /** Ends the server and with it every connection; the mail stays. */
    public void stop() {
        master.ifPresent(DovecotServer::end);
        master = Optional.empty();
    }

    /** A process with an idle session outlives the master's SIGTERM by seconds, so after a moment it is killed. */
    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                children.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The port of IMAP in clear; STARTTLS is offered. */
    public int port() {
        return port;
    }

    /** The port of IMAP over TLS, with {@link #certificate}. */
    public int imapsPort() {
        return imapsPort;
    }

    /** The PEM file of the self-signed certificate for localhost and 127.0.0.1. */
    public Path certificate() {
        return certificate.certificate();
    }

    /** What the checker logs in with by PLAIN, as any user. */
    public String password() {
        return password;
    }

    /** A connection in clear, logged in as the user. */
    public RawImap connect(String user) throws IOException {
        return new RawImap(port).login(user, password);
    }

    /** Adds one mail without flags. */
    public void append(String user, String folder, byte[] mail) {
        deliverMany(user, folder, Stream.of(mail));
    }

    /** Adds one mail. @param flags separated by spaces, such as {@code \Seen $Label} */
    public void append(String user, String folder, String flags, byte[] mail) {
        deliver(user, folder, flags, Stream.of(mail));
    }

    /** Adds mails without flags, in order; makes the folder when it is missing. */
    public void deliverMany(String user, String folder, Stream<byte[]> mails) {
        deliver(user, folder, "", mails);
    }

    private void deliver(String user, String folder, String flags, Stream<byte[]> mails) {
        try (RawImap imap = connect(user)) {
            ensure(imap, folder);
            int waiting = 0;
            for (byte[] mail : (Iterable<byte[]>) mails::iterator) {
                imap.sendAppend(folder, flags, mail);
                waiting++;
                if (waiting == APPEND_WINDOW) {
                    imap.appended();
                    waiting--;
                }
            }
            for (; waiting > 0; waiting--) {
                imap.appended();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ensure(RawImap imap, String folder) throws IOException {
        if (imap.command("LIST \"\" \"" + folder + "\"").isEmpty()) {
            imap.command("CREATE \"" + folder + "\"");
        }
    }

    /** Every mail of the folder by UID, without changing a flag. For folders that fit in memory. */
    public Map<Long, StoredMail> fetchAll(String user, String folder) {
        Map<Long, StoredMail> mails = new LinkedHashMap<>();
        fetchEach(user, folder, mails::put);
        return mails;
    }

    /** The same one at a time, by ascending UID. */
    public void fetchEach(String user, String folder, BiConsumer<Long, StoredMail> action) {
        try (RawImap imap = connect(user)) {
            imap.command("EXAMINE \"" + folder + "\"");
            for (long uid : uids(imap)) {
                imap.command("UID FETCH " + uid + " (FLAGS BODY.PEEK[])").stream()
                        .filter(response -> FETCHED.matcher(response.text()).matches())
                        // A change of flags by somebody else is told in between.
                        .filter(response -> !response.literals().isEmpty())
                        .forEach(response -> action.accept(uid, stored(response)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Long> uids(RawImap imap) throws IOException {
        Set<Long> uids = new TreeSet<>();
        for (RawImap.Response response : imap.command("UID FETCH 1:* (UID)")) {
            Matcher matcher = UID.matcher(response.text());
            if (matcher.find()) {
                uids.add(Long.valueOf(matcher.group(1)));
            }
        }
        return uids;
    }

    private static StoredMail stored(RawImap.Response response) {
        Matcher flags = FLAGS.matcher(response.text());
        if (!flags.find()) {
            throw new AssertionError("no FLAGS in " + response.text());
        }
        Set<String> set = new TreeSet<>(Arrays.asList(flags.group(1).split(" ")));
        set.remove("");
        set.remove("\\Recent");
        return new StoredMail(response.literals().get(0), Set.copyOf(set));
    }

    /** What Dovecot has logged: the first place to look when a test fails. */
    public String log() throws IOException {
        Path log = directory.resolve("dovecot.log");
        Path early = directory.resolve("stdout");
        return (Files.exists(early) ? Files.readString(early) : "") + (Files.exists(log) ? Files.readString(log) : "");
    }

    /** Stops the server and removes its directory. Closing twice does no harm. */
    @Override
    public void close() {
        stop();
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket freePort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
