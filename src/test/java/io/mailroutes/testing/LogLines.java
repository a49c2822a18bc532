package io.mailroutes.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What is logged at WARN and above by one package while this is open. */
public final class LogLines extends AbstractAppender implements AutoCloseable {
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final String logger;

    private LogLines(String logger) {
        super("log-lines", null, null, true, Property.EMPTY_ARRAY);
        this.logger = logger;
    }

    public static LogLines of(String logger) {
        LogLines lines = new LogLines(logger);
        lines.start();
        LoggerConfig config = new LoggerConfig(logger, Level.WARN, true);
        config.addAppender(lines, Level.WARN, null);
        lines.context.getConfiguration().addLogger(logger, config);
        lines.context.updateLoggers();
        return lines;
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }

    /** Level and message, oldest first. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        context.getConfiguration().removeLogger(logger);
        context.updateLoggers();
        stop();
    }
}
