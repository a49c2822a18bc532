package io.mailroutes.camel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.apache.camel.spi.ExecutorServiceManager;

/**
 * Starts what waits for mail for as long as a route runs. On Java 24 and later on virtual threads: a thousand idle
 * mailboxes then need no thousand stacks. Before 24 a virtual thread that waits inside {@code synchronized}, as a reader
 * of IMAP does, holds on to the thread that carries it (JEP 491), so there it is a thread of its own.
 */
final class LoopThreads {
    private static final int WITHOUT_PINNING = 24;

    private final ExecutorServiceManager manager;
    private final Optional<MethodHandle> startVirtual;

    /** @param feature of the Java that runs, such as 17 */
    LoopThreads(ExecutorServiceManager manager, int feature) {
        this.manager = manager;
        this.startVirtual = feature < WITHOUT_PINNING ? Optional.empty() : startVirtual();
    }

    void start(String name, Runnable loop) {
        if (startVirtual.isEmpty()) {
            manager.newThread(name, loop).start();
            return;
        }
        Runnable named = () -> {
            Thread.currentThread().setName(name);
            loop.run();
        };
        try {
            startVirtual.get().invoke(named);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a virtual thread could not be started", e);
        }
    }

    /** {@code Thread.startVirtualThread}, which the Java that we compile for does not have. */
    private static Optional<MethodHandle> startVirtual() {
        try {
            return Optional.of(MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class)));
        } catch (NoSuchMethodException | IllegalAccessException absent) {
            return Optional.empty(); // a Java without them: threads of its own do as well
        }
    }
}
