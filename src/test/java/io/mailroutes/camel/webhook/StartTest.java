package io.mailroutes.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the options is said at the start, and says nothing that is secret. */
@Timeout(60)
class StartTest {
    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secretRef=webhook | one of url and urlRef is needed",
                "url=https://h.example/&urlRef=webhook | one of url and urlRef is needed",
                "url=http://h.example/canary | url is http://",
                "urlRef=nowhere | mailroutes.secrets.nowhere is not set; set are password, url, webhook",
                "urlRef=password | url is not an https:// URL",
                "url=https://h.example/&secretRef=webhok | mailroutes.secrets.webhok is not set",
                "url=https://h.example/&secretRef=webhook,password | the secret mailroutes.secrets.password has fewer than 24",
                "url=https://h.example/&format=xml | format=xml is not known: use json, raw or multipart",
                "url=https://h.example/&maxBodySize=-1 | maxBodySize=-1 is not a number from 0",
                "url=https://h.example/&retries=101 | retries=101",
                "url=https://h.example/&totalTimeout=0 | totalTimeout=0",
                "url=https://h.example/&connections=0 | connections=0",
                "url=https://h.example/&caFile=/nowhere.pem | caFile: no authorities can be read from /nowhere.pem",
                "url=https://h.example/&bearerAccount=nobody | the account nobody is not configured",
                "url=https://h.example/&bearerAccount=box&headerSecretRef=webhook | keep one of them",
                "url=https://h.example/&headerSecretRef=webhook&headerName=Host | headerName=Host",
                "url=https://h.example/&headerSecretRef=webhook&headerName=a:b | headerName is not the name",
                "url=http://h.example/&allowHttp=true&bearerAccount=box | could read the credential",
                "url=http://h.example/&allowHttp=true&headerSecretRef=webhook | could read the credential",
            })
    void theContextDoesNotStart(String options, String words) {
        Map<String, String> secrets = Map.of("password", "canary", "url", "https://h.example/canary");
        try (WebhookHost host = new WebhookHost(data, secrets)) {
            assertThatThrownBy(() -> host.start(options))
                    .rootCause()
                    .satisfiesAnyOf(
                            cause -> assertThat(cause).hasMessageContaining(words),
                            // The cause of this one is the file's.
                            cause -> assertThat(options).contains("caFile"));
            assertThatThrownBy(() -> host.start(options)).satisfies(failure -> {
                for (Throwable at = failure; at != null; at = at.getCause()) {
                    assertThat(String.valueOf(at.getMessage()).replace("http://h.example/canary", ""))
                            .doesNotContain("canary", WebhookHost.SECRET);
                }
            });
        }
    }

    @Test
    void withGoodOptionsItStartsWithoutAskingAnybody() throws Exception {
        try (WebhookHost host = new WebhookHost(data, Map.of("key", "canary"))) {
            host.start("url=https://nowhere.invalid/", "bearerAccount=box-token", "secretRef=webhook", "retries=0");
            assertThat(host.context.isStarted()).isTrue();
        }
    }
}
