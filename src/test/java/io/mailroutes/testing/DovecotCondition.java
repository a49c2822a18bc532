package io.mailroutes.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link NeedsDovecot}. */
final class DovecotCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> missing = DovecotServer.whyUnavailable();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("Dovecot is installed");
        }
        boolean required = context.getConfigurationParameter("mailroutes.dovecot")
                .filter("required"::equals)
                .isPresent();
        if (required) {
            return ConditionEvaluationResult.enabled("Dovecot is required");
        }
        System.err.println("SKIPPED " + context.getDisplayName() + ": " + missing.get());
        return ConditionEvaluationResult.disabled(missing.get());
    }
}
