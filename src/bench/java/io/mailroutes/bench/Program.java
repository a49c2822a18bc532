package io.mailroutes.bench;

/** One of the questions that the benchmarks answer. */
interface Program {
    /** For {@code bench.only}. */
    String name();

    /** Runs it; returns a section in Markdown. */
    String report() throws Exception;
}
