package io.mailroutes.camel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a route is said before the first mail, in words. */
@Timeout(60)
class KafkaOptionsTest {
    @TempDir
    Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            topic=                            | topic is not set
            topic=a b                         | topic=a b is no name of a topic
            topic=../up                       | topic=../up is no name of a topic
            topic=..                          | topic=.. is no name of a topic
            brokers=                          | brokers is not set
            brokers=broker                    | brokers=broker is not HOST:PORT
            brokers=a:1,,b:2                  | is not HOST:PORT
            brokers=http://a:1                | brokers=http://a:1 is not HOST:PORT
            brokers=127.0.0.1:99999           | Kafka's client does not start: check brokers
            format=xml                        | format=xml is not known: use json or raw
            security=ssl                      | security=ssl is not known: use tls or none
            mechanism=gssapi                  | mechanism=gssapi is not known
            mechanism=plain                   | mechanism wants user and secretRef
            user=ann                          | user and secretRef want a mechanism
            secretRef=missing                 | secretRef=missing is not configured: set mailroutes.secrets.missing
            secretRef=kafka                   | user and secretRef want a mechanism
            maxRequestSize=100                | maxRequestSize=100 is not between 16384 and 536870912
            deliveryTimeout=1                 | deliveryTimeout=1 is not between 1000 and 600000
            compression=rar                   | compression=rar is not known
            caFile=/is/not/there              | caFile=/is/not/there cannot be read
            caFile=src                        | caFile=src cannot be read
            certificateFile=/is/not/there     | certificateFile=/is/not/there cannot be read
            caFile=pom.xml;security=none      | caFile wants security=tls
            caFile=pom.xml                    | caFile and certificateFile, which have to be PEM
            mechanism=plain;user=a\u0007b;secretRef=kafka | user has a control character
            mechanism=plain;user=a;secretRef=kafka;security=none;brokers=a.example.com:1 | would show the password
            mechanism=plain;user=a;secretRef=kafka;security=none;brokers=localhost:1,10.0.0.1:1 | would show the password
            """)
    void isRefusedInWords(String options, String words) {
        assertThatThrownBy(() -> start(options))
                .satisfies(failure -> assertThat(messages(failure)).contains(words));
    }

    private static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            all.append(at.getMessage()).append('\n');
        }
        return all.toString();
    }

    @Test
    void aSecretIsInNoMessageAndNoText() {
        assertThatThrownBy(() -> start("mechanism=plain;user=a;secretRef=kafka;security=none;brokers=a.example.com:1"))
                .satisfies(failure -> assertThat(messages(failure)).doesNotContain("canary"));
    }

    @Test
    void aBrokerWhoseNameIsNotKnownYetKeepsNoRouteFromStarting() throws Exception {
        KafkaSink sink = start("brokers=broker.invalid:9092;security=none;deliveryTimeout=1000");
        assertThatThrownBy(
                        () -> sink.process(KafkaExchanges.exchange(context, KafkaExchanges.mail(1, new byte[] {'a'}))))
                .isInstanceOf(KafkaAwayException.class)
                .hasMessageContainingAll("no name of broker.invalid:9092 can be resolved", "DNS");
        sink.stop();
    }

    private KafkaSink start(String options) throws Exception {
        Properties properties = new Properties();
        properties.setProperty(
                "mailroutes.data-directory", directory.resolve("data").toString());
        properties.setProperty("mailroutes.secrets.kafka", "canary-secret");
        properties.setProperty("mailroutes.accounts.box.user", "a@example.com");
        properties.setProperty("mailroutes.accounts.box.grant", "password");
        properties.setProperty("mailroutes.accounts.box.password", "unused");
        properties.setProperty("mailroutes.accounts.box.host", "127.0.0.1");
        context.getPropertiesComponent().setInitialProperties(properties);
        context.start();
        KafkaSink sink = new KafkaSink();
        sink.setCamelContext(context);
        sink.setTopic("mails");
        sink.setBrokers("127.0.0.1:9092");
        for (String option : options.split(";")) {
            String[] line = option.split("=", 2);
            PropertyBindingSupport.bindProperties(context, sink, new HashMap<>(Map.of(line[0], line[1])));
        }
        sink.start();
        return sink;
    }
}
