package io.mailroutes.camel.action;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.Content;
import io.mailroutes.message.MemoryContent;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import org.apache.camel.StreamCache;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class AttachmentStreamTest {
    private final Content content = new MemoryContent("content".getBytes(US_ASCII));
    private final AttachmentStream stream = new AttachmentStream(content);

    @Test
    void resetBeginsAtTheStart() throws Exception {
        assertThat(stream.readNBytes(3)).asString(US_ASCII).isEqualTo("con");
        assertThat(stream.position()).isEqualTo(3);
        stream.reset();
        assertThat(stream.position()).isZero();
        assertThat(stream.readAllBytes()).asString(US_ASCII).isEqualTo("content");
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void closedItCanBeReadAgain() throws Exception {
        stream.readAllBytes();
        stream.close();
        stream.close();
        assertThat((char) stream.read()).isEqualTo('c');
    }

    @Test
    void aCopyIsReadOnItsOwn() throws Exception {
        stream.readNBytes(3);
        StreamCache copy = stream.copy(new DefaultExchange(new DefaultCamelContext()));
        assertThat(((InputStream) copy).readAllBytes()).asString(US_ASCII).isEqualTo("content");
        assertThat(stream.readAllBytes()).asString(US_ASCII).isEqualTo("tent");
    }

    @Test
    void whatIsWrittenIsAllOfItWhereverTheReaderIs() throws Exception {
        stream.readNBytes(3);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        stream.writeTo(out);
        assertThat(out.toString(US_ASCII)).isEqualTo("content");
        assertThat(stream.length()).isEqualTo(7);
        assertThat(stream.inMemory()).isFalse();
    }

    @Test
    void itsTextIsNotItsContent() {
        assertThat(stream).hasToString("the bytes of an attachment");
    }
}
