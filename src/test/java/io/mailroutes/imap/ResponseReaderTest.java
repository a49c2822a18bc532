package io.mailroutes.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
    private static final int LIMIT = 1024;

    @Test
    void aTimeOutAnywhereInAResponseLosesNoByte() throws Exception {
        String response = "* 1 FETCH (X {4}\r\nab\r\n BODY[] \"z\")\r\n";
        ResponseReader reader = new ResponseReader(new Stuttering(response + "* BYE\r\n"), LIMIT);
        assertThat(patiently(reader)).isEqualTo(response);
        assertThat(patiently(reader)).isEqualTo("* BYE\r\n");
    }

    @Test
    void aLiteralThatEndsLikeAnAnnouncementAnnouncesNothing() throws Exception {
        ResponseReader reader = new ResponseReader(new Stuttering("* X {5}\r\n {99}\r\n* Y\r\n"), LIMIT);
        assertThat(patiently(reader)).isEqualTo("* X {5}\r\n {99}\r\n");
        assertThat(patiently(reader)).isEqualTo("* Y\r\n");
    }

    @Test
    void bracesThatHoldNoNumberAreText() throws Exception {
        for (String line :
                new String[] {"* OK {}\r\n", "* OK {x}\r\n", "}\r\n", "{\r\n", "\r\n", "5}\r\n", "* OK {-1}\r\n"}) {
            assertThat(patiently(new ResponseReader(new Stuttering(line), LIMIT)))
                    .isEqualTo(line);
        }
    }

    @Test
    void aLineFeedAloneEndsNoLine() {
        ResponseReader reader = new ResponseReader(new Stuttering("* OK a\n* OK b\n"), LIMIT);
        assertThatThrownBy(() -> patiently(reader)).hasMessageContaining("closed the connection");
    }

    @Test
    void literalsTogetherMayNotExceedTheLimit() {
        String part = "{400}\r\n" + "x".repeat(400);
        ResponseReader reader = new ResponseReader(new Stuttering("* X " + part + part + part + "\r\n"), LIMIT);
        assertThatThrownBy(() -> patiently(reader)).isInstanceOf(LimitExceededException.class);
    }

    @Test
    void aBodyNobodyAskedForIsHeldToTheSameLimit() {
        ResponseReader reader = new ResponseReader(new Stuttering("* 1 FETCH (BODY[] {5000}\r\n"), LIMIT);
        assertThatThrownBy(() -> patiently(reader)).isInstanceOf(LimitExceededException.class);
    }

    private static String patiently(ResponseReader reader) throws IOException {
        while (true) {
            try {
                return new String(reader.readResponse().getBytes(), ISO_8859_1);
            } catch (SocketTimeoutException goOn) {
                assertThat(goOn.bytesTransferred).isZero();
            }
        }
    }

    /** One byte at a time, and a time-out before each. */
    private static final class Stuttering extends InputStream {
        private final byte[] bytes;
        private int at;
        private boolean pause = true;

        Stuttering(String text) {
            bytes = text.getBytes(ISO_8859_1);
        }

        @Override
        public int read() throws IOException {
            pause = !pause;
            if (!pause) {
                throw new SocketTimeoutException("pause");
            }
            return at < bytes.length ? bytes[at++] : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int next = read();
            if (next < 0) {
                return -1;
            }
            target[offset] = (byte) next;
            return 1;
        }
    }
}
