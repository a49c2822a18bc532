package io.mailroutes.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link StoredTokens} as bytes: a version, then the fields in order, each text with its length before it. */
final class StoredTokensFormat {
    private static final int VERSION = 2;
    /** Had no {@link TokenHistory}. */
    private static final int WITHOUT_HISTORY = 1;

    private StoredTokensFormat() {}

    static byte[] write(StoredTokens tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            text(out, tokens.seed());
            text(out, tokens.request());
            optional(out, tokens.refreshToken().map(Secret::reveal));
            out.writeBoolean(tokens.accessToken().isPresent());
            if (tokens.accessToken().isPresent()) {
                accessToken(out, tokens.accessToken().get());
            }
            history(out, tokens.history());
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void accessToken(DataOutputStream out, AccessToken token) throws IOException {
        text(out, token.value().reveal());
        out.writeLong(token.issuedAt().toEpochMilli());
        out.writeLong(token.expiresAt().toEpochMilli());
        optional(out, token.scope());
    }

    private static void history(DataOutputStream out, TokenHistory history) throws IOException {
        for (Optional<Instant> time :
                List.of(history.consentedAt(), history.usedAt(), history.endsAt(), history.askedAt())) {
            out.writeBoolean(time.isPresent());
            if (time.isPresent()) {
                out.writeLong(time.get().toEpochMilli());
            }
        }
    }

    private static void optional(DataOutputStream out, Optional<String> value) throws IOException {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            text(out, value.get());
        }
    }

    private static void text(DataOutputStream out, String value) throws IOException {
        byte[] bytes = value.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** @throws IOException when the bytes are of another version or cut off */
    static StoredTokens read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readUnsignedByte();
        if (version != VERSION && version != WITHOUT_HISTORY) {
            throw new IOException("they are in format " + version + ", this version of Mailroutes knows " + VERSION);
        }
        String seed = text(in);
        String request = text(in);
        Optional<Secret> refreshToken = optional(in).map(Secret::of);
        Optional<AccessToken> accessToken = in.readBoolean() ? Optional.of(accessToken(in)) : Optional.empty();
        TokenHistory history = version == WITHOUT_HISTORY ? TokenHistory.NONE : history(in);
        return new StoredTokens(accessToken, refreshToken, seed, request, history);
    }

    private static TokenHistory history(DataInputStream in) throws IOException {
        return new TokenHistory(time(in), time(in), time(in), time(in));
    }

    private static Optional<Instant> time(DataInputStream in) throws IOException {
        return in.readBoolean() ? Optional.of(Instant.ofEpochMilli(in.readLong())) : Optional.empty();
    }

    private static AccessToken accessToken(DataInputStream in) throws IOException {
        Secret value = Secret.of(text(in));
        Instant issuedAt = Instant.ofEpochMilli(in.readLong());
        Instant expiresAt = Instant.ofEpochMilli(in.readLong());
        return new AccessToken(value, issuedAt, expiresAt, optional(in));
    }

    private static Optional<String> optional(DataInputStream in) throws IOException {
        return in.readBoolean() ? Optional.of(text(in)) : Optional.empty();
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(length, 0));
        if (bytes.length != length) {
            throw new IOException("they end too early");
        }
        return new String(bytes, UTF_8);
    }
}
