package io.mailroutes.message;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** HTML as text that a person can read: paragraphs, line breaks, list items and table cells are kept apart. */
final class HtmlText implements NodeVisitor {
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "table", "hr");
    private static final Set<String> HIDDEN = Set.of("head", "script", "style", "template", "noscript");

    private final StringBuilder text = new StringBuilder();
    private int hidden;
    private int preformatted;
    private int wantedBreaks;
    private boolean wantedSpace;

    private HtmlText() {}

    static String of(String html) {
        HtmlText visitor = new HtmlText();
        Jsoup.parse(html).traverse(visitor);
        return visitor.text.toString();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode content) {
            append(content.getWholeText());
        } else if (node instanceof Element element) {
            String name = element.normalName();
            hidden += HIDDEN.contains(name) ? 1 : 0;
            preformatted += name.equals("pre") ? 1 : 0;
            breakAround(element);
            if (name.equals("br")) {
                wantedBreaks++;
            } else if (name.equals("li")) {
                append("- ");
            }
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element) {
            String name = element.normalName();
            hidden -= HIDDEN.contains(name) ? 1 : 0;
            preformatted -= name.equals("pre") ? 1 : 0;
            breakAround(element);
            wantedSpace |= name.equals("td") || name.equals("th");
        }
    }

    private void breakAround(Element element) {
        if (PARAGRAPHS.contains(element.normalName())) {
            wantedBreaks = Math.max(wantedBreaks, 2);
        } else if (element.isBlock() && !element.normalName().matches("t[dh]|thead|tbody|tfoot")) {
            wantedBreaks = Math.max(wantedBreaks, 1);
        }
    }

    private void append(String content) {
        if (hidden > 0) {
            return;
        }
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == '\n' && preformatted > 0) {
                wantedBreaks++;
            } else if (c <= ' ' && preformatted == 0) {
                wantedSpace = true;
            } else {
                separate();
                text.append(c);
            }
        }
        wantedSpace |= content.endsWith(" ");
    }

    /** Writes the breaks that were asked for since the last character; none before the first. */
    private void separate() {
        if (!text.isEmpty()) {
            if (wantedBreaks > 0) {
                text.append("\n".repeat(Math.min(wantedBreaks, 2 + preformatted)));
            } else if (wantedSpace) {
                text.append(' ');
            }
        }
        wantedBreaks = 0;
        wantedSpace = false;
    }
}
