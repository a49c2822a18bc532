package io.mailroutes.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a program cost.
 *
 * @param wall seconds from the start of the process to its end
 * @param first seconds from the start of the process to the first mail
 * @param fetching seconds from the login, as the server saw it, to the last mail
 * @param cpu seconds of processor time, user and system
 * @param peak bytes of memory that were resident at most
 */
record Sample(double wall, double first, double fetching, double cpu, double peak) {
    /** Each figure's own median. */
    static Sample median(Collection<Sample> samples) {
        return new Sample(
                median(samples, Sample::wall),
                median(samples, Sample::first),
                median(samples, Sample::fetching),
                median(samples, Sample::cpu),
                median(samples, Sample::peak));
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%.2f s, first mail after %.2f s, fetching %.2f s, CPU %.2f s, %.0f MB",
                wall,
                first,
                fetching,
                cpu,
                peak / (1 << 20));
    }

    private static double median(Collection<Sample> samples, ToDoubleFunction<Sample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
