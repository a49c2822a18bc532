package io.mailroutes.camel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * Who may connect now. Many accounts begin together, and again when a network comes back: a server that sees hundreds of
 * logins in one second takes them for an attack, and so does an authorization server. First come, first served; but who
 * has to wait for a host does not keep those waiting who want another one, so a host that hangs costs the others little.
 * Safe for many threads; nobody waits in here.
 */
final class ConnectGate {
    /** Connections to one host that are being opened at the same time, and to all hosts. */
    record Limits(int eachHost, int all) {
        /** Of a host that hangs, each turn lasts 15 s: eight such hosts have to come together before others wait. */
        static final Limits STANDARD = new Limits(8, 64);
    }

    /** Between two that begin to connect to the same host: 10 ms on average, so that 500 have begun after 5 s. */
    private static final long LONGEST_STEP = 20_000_000;

    private final Limits limits;
    private final RandomGenerator random;
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private final Map<String, Integer> connecting = new HashMap<>();
    private final Map<String, Long> nextBegin = new HashMap<>();
    private int all;

    ConnectGate(Limits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    /**
     * Asks for a turn, which is to be closed, come or not.
     *
     * @param come called when it has come, from any thread; not when it has come already
     */
    Turn ask(String host, Runnable come) {
        Turn turn = new Turn(host, come);
        synchronized (this) {
            waiting.add(turn);
            grant();
        }
        return turn;
    }

    /** Lets in whoever may; synchronized by the caller, which calls {@link Turn#come} afterwards without the lock. */
    private List<Turn> grant() {
        List<Turn> granted = new ArrayList<>();
        Iterator<Turn> queue = waiting.iterator();
        while (all < limits.all() && queue.hasNext()) {
            Turn turn = queue.next();
            if (connecting.getOrDefault(turn.host, 0) < limits.eachHost()) {
                queue.remove();
                begin(turn);
                granted.add(turn);
            }
        }
        return granted;
    }

    private void begin(Turn turn) {
        all++;
        connecting.merge(turn.host, 1, Integer::sum);
        long now = System.nanoTime();
        long begin = Math.max(now, nextBegin.getOrDefault(turn.host, now));
        nextBegin.put(turn.host, begin + (long) (LONGEST_STEP * random.nextDouble()));
        turn.begin = begin;
        turn.granted = true;
    }

    private void end(Turn turn) {
        List<Turn> next;
        synchronized (this) {
            if (turn.ended) {
                return;
            }
            turn.ended = true;
            if (turn.granted) {
                all--;
                connecting.computeIfPresent(turn.host, (host, count) -> count == 1 ? null : count - 1);
            } else {
                waiting.remove(turn);
            }
            next = grant();
        }
        next.forEach(granted -> granted.come.run());
    }

    /** One place in the queue, and then one connection that is being opened. */
    final class Turn implements AutoCloseable {
        private final String host;
        private final Runnable come;
        private boolean granted;
        private boolean ended;
        private long begin;

        private Turn(String host, Runnable come) {
            this.host = host;
            this.come = come;
        }

        /** Whether it has come. */
        boolean isGranted() {
            synchronized (ConnectGate.this) {
                return granted;
            }
        }

        /** Nanoseconds from now until connecting may begin, once it is granted; none when negative. */
        long untilBegin() {
            synchronized (ConnectGate.this) {
                return begin - System.nanoTime();
            }
        }

        /** Leaves the queue, or lets the next one in. */
        @Override
        public void close() {
            end(this);
        }
    }
}
