package io.mailroutes.cli;

import io.mailroutes.account.ConfigurationException;
import io.mailroutes.store.StoreException;
import java.util.ArrayList;
import java.util.List;

/** Why a run could not be started, in the words that help: not those of the layers it came through. */
final class StartFailure {
    private static final int DEEPEST = 20;

    private StartFailure() {}

    static String inWords(Throwable failure) {
        List<Throwable> chain = chain(failure);
        for (Throwable at : chain) {
            if (at instanceof ConfigurationException || at instanceof StoreException || at instanceof UsageException) {
                return String.valueOf(at.getMessage());
            }
        }
        Throwable innermost = chain.get(chain.size() - 1);
        String place = chain.stream()
                .map(Throwable::getMessage)
                .filter(text -> text != null && text.startsWith("Failed to"))
                .findFirst()
                .map(text -> text.lines().findFirst().orElse("").split(" because: ", 2)[0] + ":\n  ")
                .orElse("");
        String text = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
        return place.contains(text) ? place.strip() : place + text;
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Throwable at = failure;
        while (at != null && chain.size() < DEEPEST && !chain.contains(at)) {
            chain.add(at);
            at = at.getCause();
        }
        return chain;
    }
}
