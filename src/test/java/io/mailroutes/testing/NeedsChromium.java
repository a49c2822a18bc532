package io.mailroutes.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test looks at pages in a real Chromium. Where none is installed it is skipped with a printed reason, unless the
 * system property {@code mailroutes.chromium} is {@code required}: then it runs, and fails in {@link Chromium#start}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ChromiumCondition.class)
public @interface NeedsChromium {}
