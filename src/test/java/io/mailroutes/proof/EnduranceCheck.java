package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The books of one round, closed after its last run: every mail that was appended is in exactly one final place. */
final class EnduranceCheck {
    private static final Pattern DELIVERED = Pattern.compile("DELIVERED (\\S+) (<\\S+>)");

    /** A mail that was fetched whole is in its file by then, when neither a kill nor a cut came. */
    private static final Duration TO_DELIVER = Duration.ofSeconds(4);

    private final EnduranceRound round;
    private final MailWorld world;
    private final Program program;
    private final CuttingProxy proxy;
    private final Map<String, OtherClient.Removal> journal;
    private final Map<String, List<String>> places = new TreeMap<>();
    private final Set<String> letters = new HashSet<>();

    EnduranceCheck(
            EnduranceRound round,
            MailWorld world,
            Program program,
            CuttingProxy proxy,
            Map<String, OtherClient.Removal> journal) {
        this.round = round;
        this.world = world;
        this.program = program;
        this.proxy = proxy;
        this.journal = journal;
    }

    EnduranceCounts counts(int amidst, Duration took) throws IOException {
        readFiles();
        readLetters();
        Set<String> missing = new TreeSet<>(round.appended().keySet());
        missing.removeAll(places.keySet());
        Set<String> lost = new TreeSet<>(missing);
        lost.removeAll(journal.keySet());
        assertNone("lost", lost);
        Set<String> fetched = fetched(missing);
        assertNone("fetched whole, neither killed nor cut, and not delivered", fetchedInPeace(missing));
        assertNone("in two places", inTwoPlaces());
        assertNothingHalf();
        assertServer();
        return new EnduranceCounts(
                round.number() + " (" + round.concurrency() + ", " + round.onDelivered()
                        + (round.refreshes() ? ", refresh token)" : ")"),
                round.appended().size(),
                places.size() - letters.size(),
                amidst,
                letters.size(),
                missing.size() - fetched.size(),
                fetched.size(),
                again(),
                round.kills().size(),
                proxy.cuts(),
                proxy.cutsInLiterals(),
                took);
    }

    /** How often the route's log tells of a delivery. */
    static int deliveries(String words) {
        return (int) DELIVERED.matcher(words).results().count();
    }

    private void assertNone(String what, Collection<String> mails) {
        if (!mails.isEmpty()) {
            throw new AssertionError("round " + round.number() + ", " + what + ": " + mails + "\njournal: " + journal
                    + "\nplaces: " + places + "\n" + round.words());
        }
    }

    private void readFiles() {
        for (Path file : program.delivered()) {
            assertThat(file.toString()).matches("box/INBOX/\\d+-\\d+\\.eml");
            String messageId = MarkedMail.whole(file.toString(), program.delivered(file));
            assertSame(messageId, program.delivered(file));
            place(messageId, file.toString());
        }
    }

    private void readLetters() throws IOException {
        for (Path letter : program.deadLetters()) {
            byte[] raw = Files.readAllBytes(letter.resolve("message.eml"));
            String messageId = MarkedMail.whole(letter.toString(), raw);
            assertSame(messageId, raw);
            assertThat(Files.readString(letter.resolve("meta.json"))).endsWith("}");
            if (!round.appended().get(messageId).fails()) {
                assertNone("in the dead letters without a reason", List.of(messageId));
            }
            letters.add(messageId);
            place(messageId, letter.getFileName().toString());
        }
    }

    private void assertSame(String messageId, byte[] raw) {
        assertThat(raw).as(messageId).isEqualTo(round.appended().get(messageId).raw());
    }

    private void place(String messageId, String place) {
        places.computeIfAbsent(messageId, id -> new ArrayList<>()).add(place);
    }

    private List<String> inTwoPlaces() {
        return places.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " in " + entry.getValue())
                .toList();
    }

    /** Which of these were sent to the program whole before they were removed. */
    private Set<String> fetched(Set<String> missing) {
        Set<String> fetched = new HashSet<>();
        proxy.passed().forEach(passed -> fetched.add(passed.messageId()));
        fetched.retainAll(missing);
        return fetched;
    }

    private Set<String> fetchedInPeace(Set<String> missing) {
        Set<String> inPeace = new TreeSet<>();
        for (CuttingProxy.Passed passed : proxy.passed()) {
            boolean cut = Stream.concat(round.kills().stream(), passed.connection().cutAt().stream())
                    .anyMatch(at -> at - passed.at() >= 0 && at - passed.at() < TO_DELIVER.toNanos());
            boolean mayWait = round.maximumAttempts() > 1
                    && round.appended().get(passed.messageId()).fails();
            if (missing.contains(passed.messageId()) && !cut && !mayWait) {
                inPeace.add(passed.messageId());
            }
        }
        return inPeace;
    }

    private void assertNothingHalf() throws IOException {
        try (Stream<Path> spooled = Files.walk(program.data().resolve("tmp"))) {
            assertThat(spooled.filter(file -> file.toString().endsWith(".eml"))).isEmpty();
        }
    }

    /** Nothing was taken from the server but what is delivered or what the other client took, and nothing is there twice. */
    private void assertServer() {
        Map<String, List<String>> held = new HashMap<>();
        for (String folder : List.of(MailWorld.INBOX, EnduranceRound.DONE, OtherClient.ELSEWHERE)) {
            if (folder.equals(EnduranceRound.DONE) && !round.onDelivered().endsWith(EnduranceRound.DONE)) {
                continue;
            }
            world.dovecot().fetchEach(round.user(), folder, (uid, mail) -> MarkedMail.messageId(
                            new String(mail.raw(), ISO_8859_1))
                    .ifPresent(id ->
                            held.computeIfAbsent(id, any -> new ArrayList<>()).add(folder)));
        }
        List<String> wrong = new ArrayList<>();
        for (String messageId : round.appended().keySet()) {
            List<String> folders = held.getOrDefault(messageId, List.of());
            if (!journal.containsKey(messageId) && !folders.equals(expected(messageId))) {
                wrong.add(messageId + " is in " + folders + " and not in " + expected(messageId));
            }
        }
        assertNone("elsewhere on the server than it should be", wrong);
    }

    private List<String> expected(String messageId) {
        if (letters.contains(messageId) || round.onDelivered().equals("seen")) {
            return List.of(MailWorld.INBOX);
        }
        return round.onDelivered().equals("delete") ? List.of() : List.of(EnduranceRound.DONE);
    }

    /** The route's own log: a mail has one key, however often it was delivered. */
    private int again() {
        Map<String, String> keys = new HashMap<>();
        int again = 0;
        Matcher matcher = DELIVERED.matcher(round.words());
        while (matcher.find()) {
            String before = keys.put(matcher.group(2), matcher.group(1));
            assertThat(before == null || before.equals(matcher.group(1)))
                    .as("%s had the key %s", matcher.group(), before)
                    .isTrue();
            again += before == null ? 0 : 1;
        }
        assertThat(keys).as("the route's log").isNotEmpty();
        return again;
    }
}
