package io.mailroutes.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link NeedsChromium}. */
final class ChromiumCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> missing = Chromium.whyUnavailable();
        boolean required = context.getConfigurationParameter("mailroutes.chromium")
                .filter("required"::equals)
                .isPresent();
        if (missing.isEmpty() || required) {
            return ConditionEvaluationResult.enabled("Chromium is installed or required");
        }
        System.err.println("SKIPPED " + context.getDisplayName() + ": " + missing.get());
        return ConditionEvaluationResult.disabled(missing.get());
    }
}
