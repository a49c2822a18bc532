package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.TlsContexts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Opens the connections of all folders, in turn. Not on the threads of their loops: looking up a name blocks the few
 * threads that carry the virtual ones, and a TLS handshake would leave each of hundreds of loops with a deep stack.
 */
final class Connector {
    /** Since stopping was asked for: an answer of the authorization server that is near should not be lost. */
    private static final Duration TO_GIVE_UP = Duration.ofMillis(800);

    private final ConnectGate gate;
    private final Executor threads;
    private final TlsContexts tls = new TlsContexts();

    /** @param threads as many as the gate lets in at once */
    Connector(ConnectGate gate, Executor threads) {
        this.gate = gate;
        this.threads = threads;
    }

    /** Shared by all connections. */
    TlsContexts tls() {
        return tls;
    }

    /**
     * Waits for a turn and connects.
     *
     * @param open throws what it likes, which comes out here
     * @return empty when the folder is stopping
     */
    Optional<ImapConnection> connect(Folder folder, String host, Supplier<ImapConnection> open)
            throws InterruptedException {
        Optional<CompletableFuture<ImapConnection>> begun = begin(folder, host, open);
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        CompletableFuture<ImapConnection> opened = begun.get();
        folder.pauseUntil(opened::isDone);
        if (!endsInTime(opened, folder)) {
            opened.thenAccept(ImapConnection::close);
            return Optional.empty();
        }
        return Optional.of(result(opened));
    }

    private Optional<CompletableFuture<ImapConnection>> begin(Folder folder, String host, Supplier<ImapConnection> open)
            throws InterruptedException {
        ConnectGate.Turn turn = gate.ask(host, folder::wake);
        Optional<CompletableFuture<ImapConnection>> begun = Optional.empty();
        try {
            folder.pauseUntil(turn::isGranted);
            folder.pause(Duration.ofNanos(turn.untilBegin()));
            if (!folder.isStopping()) {
                begun = Optional.of(CompletableFuture.supplyAsync(open, threads));
                begun.get().whenComplete((connection, failure) -> end(turn, folder));
            }
            return begun;
        } finally {
            if (begun.isEmpty()) {
                turn.close();
            }
        }
    }

    private static void end(ConnectGate.Turn turn, Folder folder) {
        turn.close();
        folder.wake();
    }

    private static boolean endsInTime(CompletableFuture<?> opened, Folder folder) throws InterruptedException {
        long left = TO_GIVE_UP.minus(folder.stoppingFor()).toMillis();
        if (left > 0 && !opened.isDone()) {
            CompletableFuture<?> settled = opened.handle((connection, failure) -> true);
            settled.completeOnTimeout(null, left, TimeUnit.MILLISECONDS).join();
        }
        return opened.isDone();
    }

    private static ImapConnection result(CompletableFuture<ImapConnection> opened) {
        try {
            return opened.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }
}
