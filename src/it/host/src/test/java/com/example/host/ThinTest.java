package com.example.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the thin jar brings into somebody's application, and what it does there when nobody asks. */
class ThinTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "picocli/CommandLine",
                "org/apache/logging/log4j/core/LoggerContext",
                "org/apache/camel/component/kamelet/KameletComponent",
                "org/apache/camel/dsl/yaml/YamlRoutesBuilderLoader",
                "org/apache/camel/component/http/HttpComponent",
                "org/apache/camel/component/jackson/JacksonDataFormat"
            })
    void whatOnlyTheProgramNeedsIsNotHere(String name) {
        assertNull(ThinTest.class.getClassLoader().getResource(name + ".class"));
    }

    @Test
    void ourJarIsAJar() {
        String where = ThinTest.class.getClassLoader().getResource("io/mailroutes/Mailroutes.class").toString();
        assertTrue(where.startsWith("jar:") && where.contains("mailroutes-"), where);
    }

    @Test
    void anApplicationThatConfiguresNothingHasNoRouteAndNoThreadOfOurs() throws Exception {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("false");
        main.start();
        try {
            assertEquals(0, main.getCamelContext().getRoutesSize());
            assertEquals(Set.of(), threads());
        } finally {
            main.stop();
        }
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            assertEquals(0, context.getRouteConfigurationDefinitions().size());
            assertEquals("fallback", context.resolvePropertyPlaceholders("{{secret:fallback}}"));
        }
    }

    private static Set<String> threads() {
        return Stream.of(Thread.getAllStackTraces().keySet().toArray(Thread[]::new))
                .map(Thread::getName)
                .filter(name -> name.contains("mailroutes") || name.contains("mailbox"))
                .collect(Collectors.toSet());
    }
}
