package io.mailroutes.camel;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Receive mail from an IMAP mailbox behind OAuth2, each mail once, whatever fails.
 *
 * <p>The account is configured under {@code mailroutes.accounts.ACCOUNT.*}; no credential stands in a route.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "mailbox",
        title = "Mailbox",
        syntax = "mailbox:account",
        consumerOnly = true,
        category = {Category.MAIL})
public final class MailboxEndpoint extends DefaultEndpoint {
    @UriPath(description = "The account: NAME where its properties are called mailroutes.accounts.NAME.user and so on.")
    @Metadata(required = true)
    private final String account;

    @UriParam(
            defaultValue = "INBOX",
            description =
                    "The folder to read, or several separated by a vertical bar. Each folder has its own connection."
                            + " special-use:All (Archive, Drafts, Flagged, Important, Junk, Sent, Trash) finds a folder by"
                            + " what it is for, whatever it is called.")
    private String folderName = "INBOX";

    @UriParam(
            defaultValue = "new",
            enums = "new,unseen,all",
            description =
                    "Which mails to deliver. new: what is unseen at the first start, then everything that arrives,"
                            + " read or not. unseen: the server's flag alone decides; needs an onDelivered that sets it."
                            + " all: every mail in the folder, then as new.")
    private String select = "new";

    @UriParam(
            defaultValue = "seen",
            description = "What happens to a delivered mail on the server: seen, none, delete, or move:FOLDER."
                    + " With none the folder is opened read-only.")
    private String onDelivered = "seen";

    @UriParam(
            defaultValue = "true",
            description = "Whether to be told of new mail by IDLE where the server can. The poll goes on beside it.")
    private boolean idle = true;

    @UriParam(defaultValue = "60000", description = "Milliseconds between two polls.", javaType = "java.time.Duration")
    private long delay = 60_000;

    @UriParam(
            defaultValue = "0",
            description = "The most mails to fetch in one poll; 0 means that only prefetchSize bounds it.")
    private int maxMessagesPerPoll;

    @UriParam(
            defaultValue = "16777216",
            description = "The most bytes of mail to hold that are fetched and not yet delivered; at least one mail is"
                    + " always fetched.")
    private long prefetchSize = 16L << 20;

    @UriParam(defaultValue = "1", description = "How many mails of a folder are in the route at the same time.")
    private int concurrency = 1;

    @UriParam(
            defaultValue = "5",
            description = "How often a mail is tried before it goes to the dead letters. A sink that is down does not"
                    + " count.")
    private int maximumAttempts = 5;

    @UriParam(
            defaultValue = "0",
            description =
                    "The most bytes of a mail that is fetched; 0 means no limit but 2 GiB. A larger mail goes to the"
                            + " dead letters at once, by its header alone, and stays in its folder.")
    private long maxMessageSize;

    @UriParam(
            description =
                    "Only mails that the server finds by these IMAP SEARCH criteria (RFC 9051 section 6.4.4), one line"
                            + " of ASCII, such as FROM ann SUBJECT invoice. The others are left alone. With select=new and all a"
                            + " mail is matched when it is new, with unseen at every poll.")
    private String searchTerm = "";

    MailboxEndpoint(String uri, Component component, String account) {
        super(uri, component);
        this.account = account;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(
                "mailbox:" + account + " can only be read from: put it in from:, not in to:");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        MailboxConsumer consumer = new MailboxConsumer(this, processor, options());
        configureConsumer(consumer);
        return consumer;
    }

    /** The options, checked as a whole. */
    MailboxOptions options() {
        return MailboxOptions.of(this);
    }

    List<String> folders() {
        return Stream.of(folderName.split("\\|"))
                .map(MailboxEndpoint::folder)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** INBOX is case-insensitive (RFC 3501 section 5.1), and the ledger has to know it by one name. */
    static String folder(String name) {
        String folder = name.strip();
        return folder.equalsIgnoreCase("INBOX")
                ? "INBOX"
                : Places.use(folder).map(Places::spelled).orElse(folder);
    }

    public String getAccount() {
        return account;
    }

    public String getFolderName() {
        return folderName;
    }

    public void setFolderName(String folderName) {
        this.folderName = folderName;
    }

    public String getSelect() {
        return select;
    }

    public void setSelect(String select) {
        this.select = select;
    }

    public String getOnDelivered() {
        return onDelivered;
    }

    public void setOnDelivered(String onDelivered) {
        this.onDelivered = onDelivered;
    }

    public boolean isIdle() {
        return idle;
    }

    public void setIdle(boolean idle) {
        this.idle = idle;
    }

    public long getDelay() {
        return delay;
    }

    public void setDelay(long delay) {
        this.delay = delay;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public long getPrefetchSize() {
        return prefetchSize;
    }

    public void setPrefetchSize(long prefetchSize) {
        this.prefetchSize = prefetchSize;
    }

    public int getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(int concurrency) {
        this.concurrency = concurrency;
    }

    public int getMaximumAttempts() {
        return maximumAttempts;
    }

    public void setMaximumAttempts(int maximumAttempts) {
        this.maximumAttempts = maximumAttempts;
    }

    public long getMaxMessageSize() {
        return maxMessageSize;
    }

    public void setMaxMessageSize(long maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    public String getSearchTerm() {
        return searchTerm;
    }

    public void setSearchTerm(String searchTerm) {
        this.searchTerm = searchTerm;
    }
}
