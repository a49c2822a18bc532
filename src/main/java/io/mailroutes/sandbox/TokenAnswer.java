package io.mailroutes.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the token endpoint says: RFC 6749 section 5.1 or 5.2. */
record TokenAnswer(int status, Map<String, Object> body) {
    static TokenAnswer granted(SandboxTokens.Issued issued) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", issued.accessToken());
        body.put("token_type", "Bearer");
        body.put("expires_in", issued.life().toSeconds());
        issued.refreshToken().ifPresent(token -> body.put("refresh_token", token));
        return new TokenAnswer(200, body);
    }

    /** @param code an error code of RFC 6749 section 5.2 */
    static TokenAnswer refused(String code, String description) {
        int status = code.equals("invalid_client") ? 401 : 400;
        return new TokenAnswer(status, Map.of("error", code, "error_description", description));
    }
}
