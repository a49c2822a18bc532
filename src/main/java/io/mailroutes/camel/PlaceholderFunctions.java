package io.mailroutes.camel;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;

/**
 * The placeholder functions that Camel does not bring: {@code {{file:PATH}}}, and a refusal in words for the vault
 * functions whose jar is missing. Without the refusal Camel would take {@code {{secret:db/password}}} for a property
 * named {@code secret} with the default {@code db/password}, and hand that out as the password.
 */
public final class PlaceholderFunctions {
    private static final Map<String, String> VAULT_JARS = Map.of(
            "secret", "camel-kubernetes",
            "configmap", "camel-kubernetes",
            "hashicorp", "camel-hashicorp-vault",
            "aws", "camel-aws-secrets-manager",
            "azure", "camel-azure-key-vault",
            "gcp", "camel-google-secret-manager",
            "cyberark", "camel-cyberark-vault",
            "ibm", "camel-ibm-secrets-manager");

    private PlaceholderFunctions() {}

    /** Registers them in a context, beside those that are there. */
    public static void register(CamelContext context) {
        PropertiesComponent properties = context.getPropertiesComponent();
        if (!properties.hasPropertiesFunction(FileFunction.NAME)) {
            properties.addPropertiesFunction(new FileFunction());
        }
        VAULT_JARS.forEach((name, jar) -> {
            if (properties.getPropertiesFunction(name) == null) {
                properties.addPropertiesFunction(new AbsentFunction(name, jar));
            }
        });
    }

    /** A function that is known, and whose jar is not on the class path. */
    private record AbsentFunction(String name, String jar) implements PropertiesFunction {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public String apply(String remainder) {
            throw new IllegalArgumentException("the placeholder function " + name + ": needs " + jar
                    + " on the class path: put its jar, with what it depends on, into lib/");
        }
    }
}
