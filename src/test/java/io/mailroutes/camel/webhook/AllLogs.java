package io.mailroutes.camel.webhook;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Everything that anybody logs at any level while this is open, with the stack traces; on no console. */
final class AllLogs extends AbstractAppender implements AutoCloseable {
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Runnable> restore = new ArrayList<>();

    AllLogs() {
        super("all-logs", null, null, true, Property.EMPTY_ARRAY);
        start();
        // Where nothing is configured, the root is not among the loggers.
        Set<LoggerConfig> all =
                new HashSet<>(context.getConfiguration().getLoggers().values());
        all.add(context.getConfiguration().getRootLogger());
        all.forEach(this::open);
        context.getConfiguration().getRootLogger().addAppender(this, Level.TRACE, null);
        context.updateLoggers();
    }

    private void open(LoggerConfig config) {
        Level before = config.getLevel();
        Map<String, Appender> appenders = Map.copyOf(config.getAppenders());
        appenders.keySet().forEach(config::removeAppender);
        config.setLevel(Level.TRACE);
        restore.add(() -> {
            config.setLevel(before);
            appenders.values().forEach(appender -> config.addAppender(appender, null, null));
        });
    }

    @Override
    public void append(LogEvent event) {
        StringBuilder line = new StringBuilder(
                event.getLoggerName() + " " + event.getMessage().getFormattedMessage());
        for (Throwable at = event.getThrown(); at != null; at = at.getCause()) {
            line.append(" | ").append(at);
        }
        lines.add(line.toString());
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        context.getConfiguration().getRootLogger().removeAppender(getName());
        restore.forEach(Runnable::run);
        context.updateLoggers();
        stop();
    }
}
