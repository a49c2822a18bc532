package io.mailroutes.camel.action;

import io.mailroutes.message.Mail;
import java.util.function.Predicate;

/**
 * One thing that is asked of a mail.
 *
 * @param option that asks it, for the log
 */
record Criterion(String option, Predicate<Mail> test) {}
