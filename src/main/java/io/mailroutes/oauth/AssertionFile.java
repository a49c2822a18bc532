package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jwt.SignedJWT;
import io.mailroutes.account.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;

/** An assertion that a platform writes into a file and renews there: read at every request. */
record AssertionFile(Path file, Clock clock) {
    private static final int MOST_BYTES = 64 * 1024;

    /** What stands between two renewals passes; what is no JWT at all does not. */
    sealed interface Content {
        record Token(Secret value) implements Content {}

        record Bad(Failure failure) implements Content {}
    }

    Content read() {
        try (InputStream in = Files.newInputStream(file)) {
            return content(new String(in.readNBytes(MOST_BYTES), US_ASCII).strip());
        } catch (IOException e) {
            return notReady("cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private Content content(String text) {
        if (text.isEmpty()) {
            return notReady("is empty");
        }
        try {
            Optional<Date> end =
                    Optional.ofNullable(SignedJWT.parse(text).getJWTClaimsSet().getExpirationTime());
            return end.filter(date -> !clock.instant().isBefore(date.toInstant()))
                            .isPresent()
                    ? notReady("holds an assertion that ended at " + end.get().toInstant())
                    : new Content.Token(Secret.of(text));
        } catch (ParseException quoting) {
            return new Content.Bad(new Failure.Unusable(
                    "is not made: KEY(assertion-file) does not hold one signed JWT and nothing else"));
        }
    }

    private static Content notReady(String problem) {
        return new Content.Bad(new Failure.NotReady("is not made: KEY(assertion-file) " + problem));
    }
}
