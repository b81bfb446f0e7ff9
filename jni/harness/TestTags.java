package varyharness;

import java.util.Collection;
import java.util.Set;

/**
 * Which tests a build runs by their tags: surefire's groups and excludedGroups.
 * Each is an expression of the JUnit Platform's (names, {@code & | !}, parentheses,
 * {@code any()}, {@code none()}) or surefire's own for JUnit 4's categories and
 * TestNG's groups ({@code && || ! AND OR NOT}); or several with commas between, of
 * which one has to hold.
 */
final class TestTags {
    static final TestTags ALL = new TestTags("", "");

    /** The tags of one test. */
    private interface Tags {
        boolean has(String name);

        boolean isEmpty();
    }

    private final String groups;
    private final String excluded;

    /** @throws IllegalArgumentException for what is no expression */
    TestTags(String groups, String excluded) {
        this.groups = groups;
        this.excluded = excluded;
        want(Set.of());
    }

    boolean isAll() {
        return groups.isBlank() && excluded.isBlank();
    }

    /** Whether a test with these tags is run. */
    boolean want(Set<String> tags) {
        return want(new Tags() {
            @Override
            public boolean has(String name) {
                return tags.contains(name);
            }

            @Override
            public boolean isEmpty() {
                return tags.isEmpty();
            }
        });
    }

    /** Categories are called by their names, short or full, or those of a type above them. */
    boolean wantCategories(Collection<Class<?>> categories) {
        return want(new Tags() {
            @Override
            public boolean has(String name) {
                String plain = name.endsWith(".class") ? name.substring(0, name.length() - 6) : name;
                return categories.stream().anyMatch(category -> isCalled(category, plain));
            }

            @Override
            public boolean isEmpty() {
                return categories.isEmpty();
            }
        });
    }

    private static boolean isCalled(Class<?> type, String name) {
        if (type == null) {
            return false;
        }
        if (type.getName().equals(name) || type.getName().endsWith("." + name) || isCalled(type.getSuperclass(), name)) {
            return true;
        }
        for (Class<?> above : type.getInterfaces()) {
            if (isCalled(above, name)) {
                return true;
            }
        }
        return false;
    }

    private boolean want(Tags tags) {
        return (groups.isBlank() || new Reader(groups, tags).read()) &&
                (excluded.isBlank() || !new Reader(excluded, tags).read());
    }

    /** Evaluates while it reads; both sides always, so that mistakes are found. */
    private static final class Reader {
        private final String text;
        private final Tags tags;
        private int at;
        private String token; // "" at the end

        Reader(String text, Tags tags) {
            this.text = text;
            this.tags = tags;
            next();
        }

        boolean read() {
            boolean holds = or();
            if (!token.isEmpty()) {
                throw new IllegalArgumentException("\"" + text + "\" is no expression of tags: " + token + " is too much");
            }
            return holds;
        }

        private void next() {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
            int from = at;
            while (at < text.length() && text.charAt(at) > ' ' && ",&|!()".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            if (at == from && at < text.length()) {
                char sign = text.charAt(at++);
                at += (sign == '&' || sign == '|') && text.startsWith(String.valueOf(sign), at) ? 1 : 0;
            }
            token = text.substring(from, at);
        }

        private boolean take(String... words) {
            for (String word : words) {
                if (token.equals(word)) {
                    next();
                    return true;
                }
            }
            return false;
        }

        private boolean or() {
            boolean holds = and();
            while (take("|", "||", ",", "OR")) {
                holds |= token.isEmpty() ? holds : and(); // a comma at the end
            }
            return holds;
        }

        private boolean and() {
            boolean holds = not();
            while (take("&", "&&", "AND")) {
                holds &= not();
            }
            return holds;
        }

        private boolean not() {
            if (take("!", "NOT")) {
                return !not();
            }
            if (take("(")) {
                boolean holds = or();
                expect(")");
                return holds;
            }
            String name = token;
            if (name.isEmpty() || ",&|!()".indexOf(name.charAt(0)) >= 0) {
                throw new IllegalArgumentException("\"" + text + "\" is no expression of tags: a name is missing");
            }
            next();
            if ((name.equals("any") || name.equals("none")) && take("(")) {
                expect(")");
                return tags.isEmpty() == name.equals("none");
            }
            return tags.has(name);
        }

        private void expect(String sign) {
            if (!take(sign)) {
                throw new IllegalArgumentException("\"" + text + "\" is no expression of tags: " + sign + " is missing");
            }
        }
    }
}
