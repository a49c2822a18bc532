package io.mailroutes.bench;

import java.util.List;

/**
 * Camel's own {@code imap:} component, by {@link StockMain}.
 *
 * @param parts whether it writes text and attachments apart, or the raw mail
 */
record Stock(boolean parts) implements Competitor {
    @Override
    public String name() {
        return "stock camel-mail, " + (parts ? "parts" : "raw");
    }

    @Override
    public boolean splitsMails() {
        return parts;
    }

    @Override
    public List<String> command(Task task) {
        return Java.other(
                StockMain.class,
                Integer.toString(task.port()),
                task.user(),
                task.password(),
                task.out().toString(),
                Integer.toString(task.set().count()),
                Boolean.toString(parts));
    }
}
