package io.mailroutes.bench;

import java.util.List;

/** {@link RawFetchMain}: as fast as Java can be. */
final class RawFetch implements Competitor {
    @Override
    public String name() {
        return "raw fetch in Java";
    }

    @Override
    public List<String> command(Task task) {
        return Java.other(
                RawFetchMain.class,
                Integer.toString(task.port()),
                task.user(),
                task.password(),
                task.out().toString());
    }
}
