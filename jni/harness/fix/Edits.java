package varyharness;

import java.util.ArrayList;
import java.util.List;

/** Insertions and replacements in a text; positions are those of the text as it was. */
final class Edits {

    private static final class Edit {
        final int from;
        final int to;
        final int order;
        final int other;
        final String text;
        final int owner;

        Edit(int from, int to, int order, int other, String text, int owner) {
            this.from = from;
            this.to = to;
            this.order = order;
            this.other = other;
            this.text = text;
            this.owner = owner;
        }
    }

    /** What was put in: places in the result, and whose they are. */
    static final class Span {
        final int from;
        final int to;
        final int owner;

        Span(int from, int to, int owner) {
            this.from = from;
            this.to = to;
            this.owner = owner;
        }
    }

    final List<Span> spans = new ArrayList<>();
    private final List<Edit> edits = new ArrayList<>();

    void wrap(int from, int to, String before, String after, int owner) {
        edits.add(new Edit(to, to, 0, -from, after, owner));
        edits.add(new Edit(from, from, 2, -to, before, owner));
    }

    void insert(int at, String text, int owner) {
        edits.add(new Edit(at, at, 1, edits.size(), text, owner));
    }

    void replace(int from, int to, String text) {
        edits.add(new Edit(from, to, 3, 0, text, -1));
    }

    String apply(String text) {
        StringBuilder result = new StringBuilder(text.length() * 2);
        int at = 0;
        edits.sort((a, b) -> a.from != b.from ? Integer.compare(a.from, b.from)
                : a.order != b.order ? Integer.compare(a.order, b.order) : Integer.compare(a.other, b.other));
        spans.clear();
        for (Edit edit : edits) {
            result.append(text, at, edit.from);
            if (edit.owner >= 0) {
                spans.add(new Span(result.length(), result.length() + edit.text.length(), edit.owner));
            }
            result.append(edit.text);
            at = edit.to;
        }
        return result.append(text, at, text.length()).toString();
    }
}
